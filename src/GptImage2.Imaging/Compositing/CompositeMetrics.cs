using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>Compares a result with its original pixel by pixel while both stream.</summary>
internal sealed class ChangeMetrics(RegionMask region, SeamMetrics seam)
{
    private readonly byte[] _mask = new byte[region.ImageSize.Width];
    private long _changedInside;
    private long _changedOutside;

    internal double ChangedInside => region.PixelCount == 0 ? 0 : (double)_changedInside / region.PixelCount;

    internal double ChangedOutside => region.IsFull ? 0 : (double)_changedOutside / (region.ImageSize.PixelCount - region.PixelCount);

    /// <param name="original">The decoded original.</param>
    /// <param name="result">The composite as it will be written.</param>
    /// <param name="modelOutput">The model's output in the original's colour space.</param>
    /// <param name="outputArea">The rectangle of the original that the output shows.</param>
    internal void Compare(VipsImage original, VipsImage result, VipsImage modelOutput, PixelArea outputArea)
    {
        using var before = new VipsRegion(original);
        using var after = new VipsRegion(result);
        using var output = new VipsRegion(modelOutput);
        var (bands, isSixteenBit) = (original.Bands, original.Format is VipsBandFormat.UShort);
        foreach (var band in PixelArea.FromSize(region.ImageSize).SplitIntoRowBands())
        {
            var originalBlock = new PixelBlock(before.Read(band), band, bands, isSixteenBit);
            var resultBlock = new PixelBlock(after.Read(band), band, bands, isSixteenBit);
            CountChanges(originalBlock, resultBlock);
            if (seam.Band.Within(band) is { } part)
            {
                seam.AddBand(part, originalBlock, new PixelBlock(output.Read(part.RelativeTo(outputArea)), part, modelOutput.Bands, isSixteenBit), modelOutput.Bands);
            }
        }
    }

    private void CountChanges(PixelBlock originalBlock, PixelBlock resultBlock)
    {
        if (originalBlock.Equals(resultBlock))
        {
            return;
        }

        for (var y = originalBlock.Area.Top; y < originalBlock.Area.Bottom; y++)
        {
            var before = originalBlock.GetRow(y);
            var after = resultBlock.GetRow(y);
            if (!before.SequenceEqual(after))
            {
                region.CopyRow(y, 0, _mask);
                CountChanges(before, after, originalBlock.BytesPerPixel);
            }
        }
    }

    private void CountChanges(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int pixel)
    {
        for (var x = 0; x < _mask.Length; x++)
        {
            if (!before.Slice(x * pixel, pixel).SequenceEqual(after.Slice(x * pixel, pixel)))
            {
                _changedInside += _mask[x];
                _changedOutside += 1 - _mask[x];
            }
        }
    }
}

/// <summary>
/// The colour difference between two images along the seam where one is pasted into the other. Differences are averaged over cells before
/// their magnitude counts: redrawn texture cancels out, a shift in shade does not.
/// </summary>
internal sealed class SeamMetrics(RegionMask pasted, PixelArea area, bool inside)
{
    /// <summary>Width of the band along the seam, in pixels.</summary>
    private const int BandWidth = 8;

    private const int CellSize = 32;

    private readonly Dictionary<(int X, int Y), CellSums> _cells = [];

    /// <summary>The pixels that are measured, on one side of the seam.</summary>
    internal EdgeBand Band { get; } = new(pasted, area, BandWidth, inside);

    /// <summary>Mean difference, 0 to 255; 0 when the seam has no pixels.</summary>
    internal double MeanColourShift
    {
        get
        {
            var pixels = _cells.Values.Sum(cell => (double)cell.Pixels);
            return pixels == 0 ? 0 : _cells.Values.Sum(cell => cell.MeanDifference) / pixels;
        }
    }

    /// <summary>Adds the seam pixels of one part.</summary>
    internal void AddBand(PixelArea part, PixelBlock original, PixelBlock modelOutput, int channels)
    {
        var distances = Band.GetDistances(part);
        for (var i = 0; i < distances.Length; i++)
        {
            if (distances[i] > 0)
            {
                var (x, y) = (part.Left + (i % part.Size.Width), part.Top + (i / part.Size.Width));
                var sums = GetCell(x, y, channels);
                sums.Pixels++;
                for (var channel = 0; channel < channels; channel++)
                {
                    sums.Differences[channel] += modelOutput.GetValue(x, y, channel) - original.GetValue(x, y, channel);
                }
            }
        }
    }

    private CellSums GetCell(int x, int y, int channels)
    {
        var key = (x / CellSize, y / CellSize);
        if (!_cells.TryGetValue(key, out var sums))
        {
            _cells[key] = sums = new CellSums(channels);
        }

        return sums;
    }

    private sealed class CellSums(int channels)
    {
        internal long Pixels { get; set; }

        internal double[] Differences { get; } = new double[channels];

        /// <summary>The summed difference, averaged over the channels.</summary>
        internal double MeanDifference => Differences.Average(Math.Abs);
    }
}

/// <summary>The samples of a rectangle of an image, 8 or 16 bits a channel.</summary>
internal readonly ref struct PixelBlock(ReadOnlySpan<byte> values, PixelArea area, int bands, bool isSixteenBit)
{
    private readonly ReadOnlySpan<byte> _values = values;

    internal PixelArea Area => area;

    internal int BytesPerPixel => bands * (isSixteenBit ? 2 : 1);

    internal ReadOnlySpan<byte> GetRow(int y)
    {
        var length = area.Size.Width * BytesPerPixel;
        return _values.Slice((y - area.Top) * length, length);
    }

    /// <summary>One sample, scaled to 0 to 255 at any bit depth.</summary>
    internal double GetValue(int x, int y, int channel)
    {
        var index = ((((y - area.Top) * area.Size.Width) + x - area.Left) * bands) + channel;
        return isSixteenBit ? MemoryMarshal.Cast<byte, ushort>(_values)[index] / 257.0 : _values[index];
    }

    internal bool Equals(PixelBlock other) => _values.SequenceEqual(other._values);
}
