using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>Compares a result with its original, pixel by pixel, as both stream past.</summary>
internal sealed class ChangeMetrics(RegionMask region, SeamMetrics seam)
{
    private readonly byte[] _marks = new byte[region.ImageSize.Width];
    private long _changedInside;
    private long _changedOutside;

    internal double ChangedInside => region.PixelCount == 0 ? 0 : (double)_changedInside / region.PixelCount;

    internal double ChangedOutside => region.IsFull ? 0 : (double)_changedOutside / (region.ImageSize.PixelCount - region.PixelCount);

    /// <param name="original">The decoded original.</param>
    /// <param name="result">As it will be written.</param>
    /// <param name="drawn">The answer in the original's colours.</param>
    /// <param name="at">Where the answer lies.</param>
    internal void Compare(VipsImage original, VipsImage result, VipsImage drawn, PixelArea at)
    {
        using var before = new VipsRegion(original);
        using var after = new VipsRegion(result);
        using var answer = new VipsRegion(drawn);
        var (bands, deep) = (original.Bands, original.Format is VipsBandFormat.UShort);
        foreach (var strip in RowBands.Split(PixelAreaExtensions.FromSize(region.ImageSize)))
        {
            var was = new PixelBlock(before.Read(strip), strip, bands, deep);
            var became = new PixelBlock(after.Read(strip), strip, bands, deep);
            CountChanges(was, became);
            if (seam.BandWithin(strip) is { } part)
            {
                seam.AddBand(part, was, new PixelBlock(answer.Read(part.RelativeTo(at)), part, drawn.Bands, deep), drawn.Bands);
            }
        }
    }

    private void CountChanges(PixelBlock was, PixelBlock became)
    {
        if (was.Equals(became))
        {
            return;
        }

        for (var y = was.Area.Top; y < was.Area.Bottom; y++)
        {
            var before = was.GetRow(y);
            var after = became.GetRow(y);
            if (!before.SequenceEqual(after))
            {
                region.CopyRow(y, 0, _marks);
                CountChanges(before, after, was.BytesPerPixel);
            }
        }
    }

    private void CountChanges(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int pixel)
    {
        for (var x = 0; x < _marks.Length; x++)
        {
            if (!before.Slice(x * pixel, pixel).SequenceEqual(after.Slice(x * pixel, pixel)))
            {
                _changedInside += _marks[x];
                _changedOutside += 1 - _marks[x];
            }
        }
    }
}
