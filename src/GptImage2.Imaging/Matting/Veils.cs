namespace GptImage2.Imaging.Matting;

/// <summary>
/// Second step on a coloured backdrop: glass, smoke, shadows. Seen through something grey, the backdrop keeps its hue and loses
/// strength, and how much it keeps is how much shows through; so broad areas of exactly the backdrop's hue are translucent.
/// Whatever has a hue of its own is solid, and so is grey, which has nothing of the backdrop left.
/// </summary>
internal sealed class Veils(Matte matte)
{
    /// <summary>Less of the backdrop's strength than this is a solid thing that happens to have its hue.</summary>
    private const float LeastLeft = 0.12f;

    /// <summary>But inside a veil, as the light on a glass, this much is still a veil.</summary>
    private const float LeastInside = 0.04f;

    /// <summary>How far such light reaches, in pixels.</summary>
    private const int MostInside = 12;

    /// <summary>A veil is broader than this; thinner are the edges of solid things.</summary>
    private const int Reach = 2;
    private readonly int _width = matte.Pixels.Width;
    private readonly PixelKind[] _kinds = matte.Kinds;
    private readonly bool[] _candidates = new bool[matte.Pixels.Count];
    private readonly bool[] _strong = new bool[matte.Pixels.Count];

    internal void Mark()
    {
        Nominate();
        var cores = Cores();
        Grow(cores);
        for (var place = 0; place < cores.Length; place++)
        {
            if (cores[place] && _kinds[place] == PixelKind.Subject)
            {
                _kinds[place] = PixelKind.Veil;
            }
        }

        Solve();
    }

    private void Nominate()
    {
        var averages = matte.Tolerances.IsNoisy ? new SmoothPixels(matte.Pixels, matte.Tolerances.Radius) : null;
        var stride = averages is null ? 4 : 3;
        var tolerance = (float)(3 + (2 * matte.Tolerances.Noise) + (matte.Tolerances.Lossy ? 4 : 0));
        PixelRows.Each(matte.Pixels, matte.Backdrop, (y, behind) =>
        {
            var row = averages is null ? matte.Pixels.Row(y) : averages.Row(y);
            for (var x = 0; x < _width; x++)
            {
                var place = (y * _width) + x;
                if (_kinds[place] == PixelKind.Subject)
                {
                    var left = VeiledBackdrop(row.Slice(x * stride, 3), behind.Slice(x * 3, 3), tolerance);
                    (_candidates[place], _strong[place]) = (left >= LeastInside, left >= LeastLeft);
                }
            }
        });
    }

    /// <summary>How much of the backdrop shows through a pixel if that is a veil; 0 if it cannot be one.</summary>
    private static float VeiledBackdrop(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind, float tolerance)
    {
        var left = Left(pixel, behind, out var astray);
        var grey = ((pixel[0] + pixel[1] + pixel[2]) - (left * (behind[0] + behind[1] + behind[2]))) / 3;
        var possible = left <= 1.02f && astray <= tolerance && grey >= -tolerance && grey <= (255 * (1 - left)) + tolerance;
        return possible ? left : 0;
    }

    /// <summary>How much of the backdrop's strength of colour is left, and how far the rest is from grey, in levels.</summary>
    private static float Left(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind, out float astray)
    {
        var pixelGrey = (pixel[0] + pixel[1] + pixel[2]) / 3f;
        var behindGrey = (behind[0] + behind[1] + behind[2]) / 3f;
        var (red, green, blue) = (pixel[0] - pixelGrey, pixel[1] - pixelGrey, pixel[2] - pixelGrey);
        var (behindRed, behindGreen, behindBlue) = (behind[0] - behindGrey, behind[1] - behindGrey, behind[2] - behindGrey);
        var left = ((red * behindRed) + (green * behindGreen) + (blue * behindBlue))
            / ((behindRed * behindRed) + (behindGreen * behindGreen) + (behindBlue * behindBlue));
        astray = Math.Max(Math.Abs(red - (left * behindRed)), Math.Max(Math.Abs(green - (left * behindGreen)), Math.Abs(blue - (left * behindBlue))));
        return left;
    }

    /// <summary>Candidates whose whole surroundings are candidates or backdrop, of which they themselves are not the rim.</summary>
    private bool[] Cores()
    {
        var cores = new bool[_candidates.Length];
        for (var y = Reach; y < matte.Pixels.Height - Reach; y++)
        {
            for (var x = Reach; x < _width - Reach; x++)
            {
                var place = (y * _width) + x;
                cores[place] = _strong[place] && IsBroad(place);
            }
        }

        return cores;
    }

    private bool IsBroad(int place)
    {
        for (var dy = -Reach; dy <= Reach; dy++)
        {
            if (_candidates.AsSpan(place + (dy * _width) - Reach, (2 * Reach) + 1).Contains(false))
            {
                return false;
            }
        }

        return true;
    }

    private void Grow(bool[] cores)
    {
        var rim = new List<int>();
        for (var place = 0; place < cores.Length; place++)
        {
            if (cores[place])
            {
                rim.Add(place);
            }
        }

        for (var step = 0; step < MostInside && rim.Count > 0; step++)
        {
            var outer = new List<int>();
            rim.ForEach(place => Spread(place, cores, outer));
            rim = outer;
        }
    }

    private void Spread(int place, bool[] cores, List<int> reached)
    {
        foreach (var offset in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            var other = place + offset;
            if ((uint)other < (uint)cores.Length && _candidates[other] && !cores[other])
            {
                cores[other] = true;
                reached.Add(other);
            }
        }
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
        var left = Math.Clamp(Left(pixel, behind, out _), 0, 1);
        var alpha = Math.Max(1 - left, 1 / 255f);
        var grey = Math.Clamp(((pixel[0] + pixel[1] + pixel[2]) - ((1 - alpha) * (behind[0] + behind[1] + behind[2]))) / 3 / alpha, 0, 255);
        matte.Set(place, grey, grey, grey, 1 - left);
    }
}
