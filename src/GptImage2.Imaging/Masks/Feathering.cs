namespace GptImage2.Imaging.Masks;

/// <summary>Turns a region's distances from its edge into weights, row by row.</summary>
internal sealed class Feathering
{
    /// <summary>Rows whose distances are held at a time.</summary>
    private const int BandRows = 1024;

    private readonly RegionMask _region;
    private readonly PixelArea _area;
    private readonly int _feather;
    private readonly byte[]?[] _ramps;
    private readonly int _most;
    private readonly PixelArea _rows;

    internal Feathering(RegionMask region, PixelArea area, int feather)
    {
        (_region, _area) = (region, area);
        // What keeps every distance within sixteen bits; no picture is that large.
        _feather = Math.Min(feather, 16_000);
        _ramps = new byte[_feather + 1][];
        // Twice the feather tells whether an island is deep enough for it, and what is further off cannot matter.
        _most = (2 * _feather) + 1;
        _rows = area.Grown(_most + 1, region.Image).Cut(region.Bounds.Grown(1, region.Image))!.Value;
    }

    /// <summary>Writes the weights of the area; those outside the region are left as they are.</summary>
    internal void Fill(byte[] weights)
    {
        if (_feather == 0)
        {
            FillHard(weights);
            return;
        }

        // An island is known in whole only after all rows: distances are computed twice, so that few are held.
        var islands = new Islands();
        foreach (var band in Bands())
        {
            var field = Field(band, out var window);
            for (var y = band.Top; y < band.Bottom; y++)
            {
                islands.Add(field.Row(y - window.Top));
            }
        }

        using var runs = islands.Runs().GetEnumerator();
        var more = runs.MoveNext();
        foreach (var band in Bands())
        {
            var field = Field(band, out var window);
            for (; more && _rows.Top + runs.Current.Row < band.Bottom; more = runs.MoveNext())
            {
                Fill(weights, window, field, runs.Current);
            }
        }
    }

    private IEnumerable<PixelArea> Bands()
    {
        for (var top = _rows.Top; top < _rows.Bottom; top += BandRows)
        {
            yield return _rows with { Top = top, Size = new Dimensions(_rows.Size.Width, Math.Min(BandRows, _rows.Bottom - top)) };
        }
    }

    /// <summary>The distances of some rows, exact as far as they matter.</summary>
    private DistanceField Field(PixelArea band, out PixelArea window)
    {
        window = band.Grown(_most + 1, _region.Image).Cut(_rows)!.Value;
        return new DistanceField(window.Size.Width, _region.Marks(window), _most);
    }

    private void FillHard(byte[] weights)
    {
        var marks = _region.Marks(_area);
        for (var i = 0; i < marks.Length; i++)
        {
            weights[i] = (byte)(marks[i] * 255);
        }
    }

    private void Fill(byte[] weights, PixelArea window, DistanceField field, (int Row, int Start, int End, int Depth) run)
    {
        var y = _rows.Top + run.Row;
        var (first, end) = (Math.Max(_rows.Left + run.Start, _area.Left), Math.Min(_rows.Left + run.End, _area.Right));
        if (y < _area.Top || y >= _area.Bottom || end <= first)
        {
            return;
        }

        var ramp = Ramp(run.Depth / field.PerPixel / 2, field.PerPixel);
        var distances = field.Row(y - window.Top)[(first - window.Left)..(end - window.Left)];
        var target = weights.AsSpan(((y - _area.Top) * _area.Size.Width) + first - _area.Left, distances.Length);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = ramp[Math.Min(distances[i], ramp.Length - 1)];
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
