using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Translucency;

/// <summary>
/// Second step on a coloured backdrop: glass, smoke, shadows. Seen through something grey, the backdrop keeps its hue and loses
/// strength, and how much it keeps is how much shows through; so broad areas of exactly the backdrop's hue are translucent.
/// Whatever has a hue of its own is solid, and so is grey, which has nothing of the backdrop left.
/// </summary>
internal sealed class TranslucencyEstimator(MattingContext matte)
{
    /// <summary>Less of the backdrop's strength than this is a solid thing that happens to have its hue.</summary>
    private const float MinTransmission = 0.12f;

    /// <summary>But inside a veil, as the light on a glass, this much is still a veil.</summary>
    private const float MinTransmissionInside = 0.04f;

    /// <summary>How far such light reaches, in pixels.</summary>
    private const int MaxGrowth = 12;

    /// <summary>A veil is broader than this; thinner are the edges of solid things.</summary>
    private const int ErosionRadius = 2;
    private readonly int _width = matte.Pixels.Width;
    private readonly TrimapLabel[] _labels = matte.Labels;
    private readonly bool[] _candidates = new bool[matte.Pixels.PixelCount];
    private readonly bool[] _strongCandidates = new bool[matte.Pixels.PixelCount];

    internal void Estimate()
    {
        FindCandidates();
        var cores = Erode();
        GrowWithin(cores);
        for (var place = 0; place < cores.Length; place++)
        {
            if (cores[place] && _labels[place] == TrimapLabel.Unknown)
            {
                _labels[place] = TrimapLabel.Translucent;
            }
        }

        SolveTranslucent();
    }

    private void FindCandidates()
    {
        var averages = matte.Thresholds.IsNoisy ? new BoxBlur(matte.Pixels, matte.Thresholds.BlurRadius) : null;
        var stride = averages is null ? 4 : 3;
        var tolerance = (float)(3 + (2 * matte.Thresholds.Noise) + (matte.Thresholds.IsLossy ? 4 : 0));
        ParallelRows.ForEach(matte.Pixels, matte.Background, (y, behind) =>
        {
            var row = averages is null ? matte.Pixels.GetRow(y) : averages.GetRow(y);
            for (var x = 0; x < _width; x++)
            {
                var place = (y * _width) + x;
                if (_labels[place] == TrimapLabel.Unknown)
                {
                    var left = TransmissionIfTranslucent(row.Slice(x * stride, 3), behind.Slice(x * 3, 3), tolerance);
                    (_candidates[place], _strongCandidates[place]) = (left >= MinTransmissionInside, left >= MinTransmission);
                }
            }
        });
    }

    /// <summary>How much of the backdrop shows through a pixel if that is a veil; 0 if it cannot be one.</summary>
    private static float TransmissionIfTranslucent(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind, float tolerance)
    {
        var left = Transmission(pixel, behind, out var astray);
        var grey = ((pixel[0] + pixel[1] + pixel[2]) - (left * (behind[0] + behind[1] + behind[2]))) / 3;
        var possible = left <= 1.02f && astray <= tolerance && grey >= -tolerance && grey <= (255 * (1 - left)) + tolerance;
        return possible ? left : 0;
    }

    /// <summary>How much of the backdrop's strength of colour is left, and how far the rest is from grey, in levels.</summary>
    private static float Transmission(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind, out float astray)
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
    private bool[] Erode()
    {
        var cores = new bool[_candidates.Length];
        for (var y = ErosionRadius; y < matte.Pixels.Height - ErosionRadius; y++)
        {
            for (var x = ErosionRadius; x < _width - ErosionRadius; x++)
            {
                var place = (y * _width) + x;
                cores[place] = _strongCandidates[place] && IsSurroundedByCandidates(place);
            }
        }

        return cores;
    }

    private bool IsSurroundedByCandidates(int place)
    {
        for (var dy = -ErosionRadius; dy <= ErosionRadius; dy++)
        {
            if (_candidates.AsSpan(place + (dy * _width) - ErosionRadius, (2 * ErosionRadius) + 1).Contains(false))
            {
                return false;
            }
        }

        return true;
    }

    private void GrowWithin(bool[] cores)
    {
        var rim = new List<int>();
        for (var place = 0; place < cores.Length; place++)
        {
            if (cores[place])
            {
                rim.Add(place);
            }
        }

        for (var step = 0; step < MaxGrowth && rim.Count > 0; step++)
        {
            var outer = new List<int>();
            rim.ForEach(place => GrowFrom(place, cores, outer));
            rim = outer;
        }
    }

    private void GrowFrom(int place, bool[] cores, List<int> reached)
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

    private void SolveTranslucent() => ParallelRows.ForEach(matte.Pixels, matte.Background, (y, behind) =>
    {
        var row = matte.Pixels.GetRow(y);
        for (var x = 0; x < _width; x++)
        {
            if (_labels[(y * _width) + x] == TrimapLabel.Translucent)
            {
                SolveTranslucent((y * _width) + x, row.Slice(x * 4, 3), behind.Slice(x * 3, 3));
            }
        }
    });

    private void SolveTranslucent(int place, ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind)
    {
        var left = Math.Clamp(Transmission(pixel, behind, out _), 0, 1);
        var alpha = Math.Max(1 - left, 1 / 255f);
        var grey = Math.Clamp(((pixel[0] + pixel[1] + pixel[2]) - ((1 - alpha) * (behind[0] + behind[1] + behind[2]))) / 3 / alpha, 0, 255);
        matte.SetPixel(place, grey, grey, grey, 1 - left);
    }
}
