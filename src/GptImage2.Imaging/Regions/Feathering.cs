using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Regions;

/// <summary>Turns a region's distances from its edge into weights, row by row.</summary>
internal sealed class Feathering
{
    /// <summary>Rows whose distances are held at a time.</summary>
    private const int BandHeight = 1024;

    private readonly RegionMask _region;
    private readonly PixelArea _area;
    private readonly int _feather;
    private readonly byte[]?[] _ramps;
    private readonly int _maxDistance;
    private readonly PixelArea _rows;

    internal Feathering(RegionMask region, PixelArea area, int feather)
    {
        (_region, _area) = (region, area);
        // What keeps every distance within sixteen bits; no picture is that large.
        _feather = Math.Min(feather, 16_000);
        _ramps = new byte[_feather + 1][];
        // Twice the feather tells whether an island is deep enough for it, and what is further off cannot matter.
        _maxDistance = (2 * _feather) + 1;
        _rows = area.Expand(_maxDistance + 1, region.ImageSize).Intersect(region.Bounds.Expand(1, region.ImageSize))!.Value;
    }

    /// <summary>Writes the weights of the area; those outside the region are left as they are.</summary>
    internal void WriteWeights(byte[] weights)
    {
        if (_feather == 0)
        {
            WriteHardEdge(weights);
            return;
        }

        // An island is known in whole only after all rows: distances are computed twice, so that few are held.
        var islands = new RunLengthComponents();
        foreach (var band in SplitIntoBands())
        {
            var field = ComputeDistances(band, out var window);
            for (var y = band.Top; y < band.Bottom; y++)
            {
                islands.AddRow(field.GetRow(y - window.Top));
            }
        }

        using var runs = islands.GetRuns().GetEnumerator();
        var more = runs.MoveNext();
        foreach (var band in SplitIntoBands())
        {
            var field = ComputeDistances(band, out var window);
            for (; more && _rows.Top + runs.Current.Row < band.Bottom; more = runs.MoveNext())
            {
                WriteWeights(weights, window, field, runs.Current);
            }
        }
    }

    private IEnumerable<PixelArea> SplitIntoBands()
    {
        for (var top = _rows.Top; top < _rows.Bottom; top += BandHeight)
        {
            yield return _rows with { Top = top, Size = new Dimensions(_rows.Size.Width, Math.Min(BandHeight, _rows.Bottom - top)) };
        }
    }

    /// <summary>The distances of some rows, exact as far as they matter.</summary>
    private DistanceTransform ComputeDistances(PixelArea band, out PixelArea window)
    {
        window = band.Expand(_maxDistance + 1, _region.ImageSize).Intersect(_rows)!.Value;
        return new DistanceTransform(window.Size.Width, _region.GetMask(window), _maxDistance);
    }

    private void WriteHardEdge(byte[] weights)
    {
        var marks = _region.GetMask(_area);
        for (var i = 0; i < marks.Length; i++)
        {
            weights[i] = (byte)(marks[i] * 255);
        }
    }

    private void WriteWeights(byte[] weights, PixelArea window, DistanceTransform field, (int Row, int Start, int End, int Depth) run)
    {
        var y = _rows.Top + run.Row;
        var (first, end) = (Math.Max(_rows.Left + run.Start, _area.Left), Math.Min(_rows.Left + run.End, _area.Right));
        if (y < _area.Top || y >= _area.Bottom || end <= first)
        {
            return;
        }

        var ramp = GetRamp(run.Depth / field.UnitsPerPixel / 2, field.UnitsPerPixel);
        var distances = field.GetRow(y - window.Top)[(first - window.Left)..(end - window.Left)];
        var target = weights.AsSpan(((y - _area.Top) * _area.Size.Width) + first - _area.Left, distances.Length);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = ramp[Math.Min(distances[i], ramp.Length - 1)];
        }
    }

    /// <summary>The weight of each distance: a smooth step that is 255 from the first pixel beyond the feather.</summary>
    private byte[] GetRamp(int most, int perPixel)
    {
        var feather = Math.Min(_feather, most);
        return _ramps[feather] ??= [.. Enumerable.Range(0, ((feather + 1) * perPixel) + 1).Select(distance => SmoothStep((double)distance / perPixel / (feather + 1)))];
    }

    private static byte SmoothStep(double share) => (byte)Math.Round(255 * share * share * (3 - (2 * share)));
}
