namespace GptImage2.Imaging.Masks;

/// <summary>Turns a region's distances from its edge into weights, row by row.</summary>
internal sealed class Feathering
{
    private readonly RegionMask _region;
    private readonly PixelArea _area;
    private readonly int _feather;
    private readonly byte[]?[] _ramps;

    internal Feathering(RegionMask region, PixelArea area, int feather)
    {
        (_region, _area) = (region, area);
        // What keeps every distance within sixteen bits; no picture is that large.
        _feather = Math.Min(feather, 16_000);
        _ramps = new byte[_feather + 1][];
    }

    /// <summary>Writes the weights of the area; those outside the region are left as they are.</summary>
    internal void Fill(byte[] weights)
    {
        if (_feather == 0)
        {
            FillHard(weights);
            return;
        }

        // Twice the feather tells whether an island is deep enough for it, and what is further off cannot matter.
        var most = (2 * _feather) + 1;
        var window = _area.Grown(most + 1, _region.Image).Cut(_region.Bounds.Grown(1, _region.Image))!.Value;
        var field = new DistanceField(window.Size.Width, _region.Marks(window), most);
        var islands = new Islands();
        for (var y = 0; y < window.Size.Height; y++)
        {
            islands.Add(field.Row(y));
        }

        Fill(weights, window, field, islands);
    }

    private void FillHard(byte[] weights)
    {
        var marks = _region.Marks(_area);
        for (var i = 0; i < marks.Length; i++)
        {
            weights[i] = (byte)(marks[i] * 255);
        }
    }

    private void Fill(byte[] weights, PixelArea window, DistanceField field, Islands islands)
    {
        foreach (var (row, start, end, depth) in islands.Runs())
        {
            var y = window.Top + row;
            var (first, last) = (Math.Max(window.Left + start, _area.Left), Math.Min(window.Left + end, _area.Right));
            if (y >= _area.Top && y < _area.Bottom && last > first)
            {
                var ramp = Ramp(depth / field.PerPixel / 2, field.PerPixel);
                var distances = field.Row(row)[(first - window.Left)..(last - window.Left)];
                var target = weights.AsSpan(((y - _area.Top) * _area.Size.Width) + first - _area.Left, distances.Length);
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = ramp[Math.Min(distances[i], ramp.Length - 1)];
                }
            }
        }
    }

    /// <summary>The weight of each distance: a smooth step that is 255 from the first pixel beyond the feather.</summary>
    private byte[] Ramp(int most, int perPixel)
    {
        var feather = Math.Min(_feather, most);
        return _ramps[feather] ??= [.. Enumerable.Range(0, ((feather + 1) * perPixel) + 1).Select(distance => Weight((double)distance / perPixel / (feather + 1)))];
    }

    private static byte Weight(double share) => (byte)Math.Round(255 * share * share * (3 - (2 * share)));
}
