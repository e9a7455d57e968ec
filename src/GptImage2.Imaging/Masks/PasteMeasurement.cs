using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Masks;

/// <summary>Compares a result with its original, pixel by pixel, as both stream past.</summary>
internal sealed class PasteMeasurement(RegionMask region, Seam seam)
{
    private readonly byte[] _marks = new byte[region.Image.Width];
    private long _inside;
    private long _outside;

    internal double ChangedInside => region.Count == 0 ? 0 : (double)_inside / region.Count;

    internal double ChangedOutside => region.IsFull ? 0 : (double)_outside / (region.Image.Pixels - region.Count);

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
        foreach (var strip in Strips.Of(Areas.Whole(region.Image)))
        {
            var was = new PixelValues(before.Read(strip), strip, bands, deep);
            var became = new PixelValues(after.Read(strip), strip, bands, deep);
            Count(was, became);
            if (seam.Part(strip) is { } part)
            {
                seam.Add(part, was, new PixelValues(answer.Read(part.From(at)), part, drawn.Bands, deep), drawn.Bands);
            }
        }
    }

    private void Count(PixelValues was, PixelValues became)
    {
        if (was.Equals(became))
        {
            return;
        }

        for (var y = was.Area.Top; y < was.Area.Bottom; y++)
        {
            var before = was.Row(y);
            var after = became.Row(y);
            if (!before.SequenceEqual(after))
            {
                region.CopyRow(y, 0, _marks);
                Count(before, after, was.PixelBytes);
            }
        }
    }

    private void Count(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int pixel)
    {
        for (var x = 0; x < _marks.Length; x++)
        {
            if (!before.Slice(x * pixel, pixel).SequenceEqual(after.Slice(x * pixel, pixel)))
            {
                _inside += _marks[x];
                _outside += 1 - _marks[x];
            }
        }
    }
}
