namespace GptImage2.Imaging.Matting;

/// <summary>
/// Second step on a grey backdrop, where colour does not tell what shows through: shadows and glows. They are what is connected with the
/// backdrop through small smooth steps and only darkens or lightens it; a subject's edge is a large step, so what lies behind it is
/// solid. They get the smallest alpha that explains them, that is as black or as bright as can be.
/// </summary>
internal sealed class Shades(Matte matte)
{
    /// <summary>Levels a pixel; a hard edge of a pale subject has twice this, a shadow that fades over twenty pixels half.</summary>
    private const int MostSlope = 6;

    /// <summary>A path into a shadow is this wide on both sides, so that a faint spot of a subject's edge lets nothing in.</summary>
    private const int Reach = 1;

    /// <summary>A shadow may be a little bluer or warmer than the backdrop, the more the deeper it is: in levels, and per level.</summary>
    private const float MostTint = 10;
    private const float LeastTint = 3;
    private const float TintPerLevel = 0.2f;
    private readonly int _width = matte.Pixels.Width;
    private readonly PixelKind[] _kinds = matte.Kinds;

    internal void Mark()
    {
        var smooth = Smooth();
        var reached = Flood(smooth);
        for (var place = 0; place < reached.Length; place++)
        {
            if (reached[place] && _kinds[place] == PixelKind.Subject)
            {
                _kinds[place] = PixelKind.Veil;
            }
        }

        new PaleSolids(matte).Restore();
        for (var pass = 0; pass < Reach + 1; pass++)
        {
            Creep();
        }

        Solve();
    }

    /// <summary>Averages beside a subject's edge hold some of the subject; so the last pixels before it are judged one by one.</summary>
    private void Creep()
    {
        var reached = new bool[_kinds.Length];
        var noise = (float)matte.Tolerances.Noise;
        PixelRows.Each(matte.Pixels, matte.Backdrop, (y, behind) =>
        {
            for (var x = 0; x < _width; x++)
            {
                var place = (y * _width) + x;
                reached[place] = _kinds[place] == PixelKind.Subject && IsNextToVeil(place, 2 * MostSlope)
                    && IsShade(matte.Pixels.Rgba.AsSpan(place * 4, 3), behind.Slice(x * 3, 3), noise);
            }
        });

        for (var place = 0; place < reached.Length; place++)
        {
            _kinds[place] = reached[place] ? PixelKind.Veil : _kinds[place];
        }
    }

    private bool IsNextToVeil(int place, int most)
    {
        foreach (var offset in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            var other = place + offset;
            if ((uint)other < (uint)_kinds.Length && _kinds[other] == PixelKind.Veil
                && Slope(matte.Pixels.Rgba.AsSpan(place * 4, 3), matte.Pixels.Rgba.AsSpan(other * 4, 3)) <= most)
            {
                return true;
            }
        }

        return false;
    }

    private bool[] Smooth()
    {
        var smooth = new bool[_kinds.Length];
        var averages = new SmoothPixels(matte.Pixels, matte.Tolerances.Radius);
        var noise = (float)(matte.Tolerances.IsNoisy ? 1 + (0.7 * matte.Tolerances.Noise) : 0);
        PixelRows.Each(matte.Pixels, matte.Backdrop, (y, behind) =>
        {
            var row = averages.Row(y);
            var above = averages.Row(Math.Max(0, y - 1));
            var below = averages.Row(Math.Min(matte.Pixels.Height - 1, y + 1));
            for (var x = 0; x < _width; x++)
            {
                var left = row.Slice(Math.Max(0, x - 1) * 3, 3);
                var right = row.Slice(Math.Min(_width - 1, x + 1) * 3, 3);
                smooth[(y * _width) + x] = Slope(left, right) <= 2 * MostSlope && Slope(above.Slice(x * 3, 3), below.Slice(x * 3, 3)) <= 2 * MostSlope
                    && IsShade(row.Slice(x * 3, 3), behind.Slice(x * 3, 3), noise);
            }
        });
        return smooth;
    }

    private static int Slope(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) =>
        Math.Max(Math.Abs(before[0] - after[0]), Math.Max(Math.Abs(before[1] - after[1]), Math.Abs(before[2] - after[2])));

    /// <summary>All channels go the same part of the way to black, or to white.</summary>
    private static bool IsShade(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind, float noise)
    {
        var grey = pixel[0] + pixel[1] + pixel[2];
        var behindGrey = behind[0] + behind[1] + behind[2];
        var target = grey > behindGrey ? 255f : 0f;
        var part = Math.Abs(behindGrey - (3 * target)) < 1 ? 0 : (grey - behindGrey) / ((3 * target) - behindGrey);
        var tint = noise + Math.Min(MostTint, LeastTint + (TintPerLevel * Math.Abs(grey - behindGrey) / 3));
        for (var channel = 0; channel < 3; channel++)
        {
            if (Math.Abs(pixel[channel] - behind[channel] - (part * (target - behind[channel]))) > tint)
            {
                return false;
            }
        }

        return true;
    }

    private bool[] Flood(bool[] smooth)
    {
        var paths = Narrowed(smooth);
        var reached = new bool[_kinds.Length];
        for (var place = 0; place < reached.Length; place++)
        {
            reached[place] = _kinds[place] == PixelKind.Backdrop;
        }

        var edge = new Stack<int>();
        for (var place = 0; place < reached.Length; place++)
        {
            if (_kinds[place] == PixelKind.Backdrop)
            {
                Spread(place, paths, reached, edge);
            }
        }

        while (edge.TryPop(out var place))
        {
            Spread(place, paths, reached, edge);
        }

        return Widened(reached, smooth);
    }

    private void Spread(int place, bool[] paths, bool[] reached, Stack<int> edge)
    {
        foreach (var offset in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            var other = place + offset;
            if ((uint)other < (uint)reached.Length && !reached[other] && paths[other])
            {
                reached[other] = true;
                edge.Push(other);
            }
        }
    }

    private bool[] Narrowed(bool[] smooth)
    {
        var narrowed = new bool[smooth.Length];
        for (var y = Reach; y < matte.Pixels.Height - Reach; y++)
        {
            for (var x = Reach; x < _width - Reach; x++)
            {
                var place = (y * _width) + x;
                narrowed[place] = smooth[place] && All(smooth, place);
            }
        }

        return narrowed;
    }

    private bool All(bool[] marks, int place)
    {
        for (var dy = -Reach; dy <= Reach; dy++)
        {
            if (marks.AsSpan(place + (dy * _width) - Reach, (2 * Reach) + 1).Contains(false))
            {
                return false;
            }
        }

        return true;
    }

    private bool[] Widened(bool[] reached, bool[] smooth)
    {
        var widened = (bool[])reached.Clone();
        for (var y = Reach; y < matte.Pixels.Height - Reach; y++)
        {
            for (var x = Reach; x < _width - Reach; x++)
            {
                var place = (y * _width) + x;
                widened[place] |= smooth[place] && Any(reached, place);
            }
        }

        return widened;
    }

    private bool Any(bool[] marks, int place)
    {
        for (var dy = -Reach; dy <= Reach; dy++)
        {
            if (marks.AsSpan(place + (dy * _width) - Reach, (2 * Reach) + 1).Contains(true))
            {
                return true;
            }
        }

        return false;
    }

    private void Solve() => PixelRows.Each(matte.Pixels, matte.Backdrop, (y, behind) =>
    {
        var row = matte.Pixels.Row(y);
        for (var x = 0; x < _width; x++)
        {
            if (_kinds[(y * _width) + x] == PixelKind.Veil)
            {
                Solve((y * _width) + x, row.Slice(x * 4, 3), behind.Slice(x * 3, 3));
            }
        }
    });

    private void Solve(int place, ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind)
    {
        var alpha = 0f;
        for (var channel = 0; channel < 3; channel++)
        {
            var change = pixel[channel] - behind[channel];
            alpha = Math.Max(alpha, change < 0 ? -change / Math.Max(1, behind[channel]) : change / Math.Max(1, 255 - behind[channel]));
        }

        alpha = Math.Clamp(alpha, 1 / 255f, 1);
        matte.Set(
            place,
            ((pixel[0] - behind[0]) / alpha) + behind[0],
            ((pixel[1] - behind[1]) / alpha) + behind[1],
            ((pixel[2] - behind[2]) / alpha) + behind[2],
            alpha);
    }
}
