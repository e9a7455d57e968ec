using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Regions;

/// <summary>Turns distances from the edge of a region into blend weights, band by band.</summary>
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
        // Keeps every distance within 16 bits; no image is that large.
        _feather = Math.Min(feather, 16_000);
        _ramps = new byte[_feather + 1][];
        // Twice the feather decides whether an island is deep enough for it; larger distances do not matter.
        _maxDistance = (2 * _feather) + 1;
        _rows = area.Expand(_maxDistance + 1, region.ImageSize).Intersect(region.Bounds.Expand(1, region.ImageSize))!.Value;
    }

    /// <summary>Writes the weights of the area; pixels outside the region are left unchanged.</summary>
    internal void WriteWeights(byte[] weights)
    {
        if (_feather == 0)
        {
            WriteHardEdge(weights);
            return;
        }

        // The depth of an island is known only after its last row: distances are computed twice, so that few rows are held.
        var islands = new RunLengthComponents();
        foreach (var band in _rows.SplitIntoRowBands(BandHeight))
        {
            var distanceField = ComputeDistances(band, out var window);
            for (var y = band.Top; y < band.Bottom; y++)
            {
                islands.AddRow(distanceField.GetRow(y - window.Top));
            }
        }

        using var runs = islands.GetRuns().GetEnumerator();
        var hasRun = runs.MoveNext();
        foreach (var band in _rows.SplitIntoRowBands(BandHeight))
        {
            var distanceField = ComputeDistances(band, out var window);
            for (; hasRun && _rows.Top + runs.Current.Row < band.Bottom; hasRun = runs.MoveNext())
            {
                WriteWeights(weights, window, distanceField, runs.Current);
            }
        }
    }

    /// <summary>The distances of a band, exact up to <see cref="_maxDistance"/>.</summary>
    private DistanceTransform ComputeDistances(PixelArea band, out PixelArea window)
    {
        window = band.Expand(_maxDistance + 1, _region.ImageSize).Intersect(_rows)!.Value;
        return new DistanceTransform(window.Size.Width, _region.GetMask(window), _maxDistance);
    }

    private void WriteHardEdge(byte[] weights)
    {
        var mask = _region.GetMask(_area);
        for (var i = 0; i < mask.Length; i++)
        {
            weights[i] = (byte)(mask[i] * 255);
        }
    }

    private void WriteWeights(byte[] weights, PixelArea window, DistanceTransform distanceField, (int Row, int Start, int End, int Depth, int Component) run)
    {
        var y = _rows.Top + run.Row;
        var (first, end) = (Math.Max(_rows.Left + run.Start, _area.Left), Math.Min(_rows.Left + run.End, _area.Right));
        if (y < _area.Top || y >= _area.Bottom || end <= first)
        {
            return;
        }

        var ramp = GetRamp(run.Depth / distanceField.UnitsPerPixel / 2, distanceField.UnitsPerPixel);
        var distances = distanceField.GetRow(y - window.Top)[(first - window.Left)..(end - window.Left)];
        var target = weights.AsSpan(((y - _area.Top) * _area.Size.Width) + first - _area.Left, distances.Length);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = ramp[Math.Min(distances[i], ramp.Length - 1)];
        }
    }

    /// <summary>Weights by distance: a smoothstep that reaches 255 at the first pixel beyond the feather.</summary>
    private byte[] GetRamp(int maxFeather, int unitsPerPixel)
    {
        var feather = Math.Min(_feather, maxFeather);
        return _ramps[feather] ??= [.. Enumerable.Range(0, ((feather + 1) * unitsPerPixel) + 1).Select(distance => SmoothStep((double)distance / unitsPerPixel / (feather + 1)))];
    }

    private static byte SmoothStep(double t) => (byte)Math.Round(255 * t * t * (3 - (2 * t)));
}
