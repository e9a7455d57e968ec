using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Translucency;

/// <summary>
/// Second stage on a chroma-key background: glass, smoke, shadows. Seen through something grey, the background keeps its hue and loses chroma in
/// proportion to its transmission (the grey-foreground case of Smith and Blinn), so broad areas of exactly the background's hue are translucent.
/// Anything with a hue of its own is solid, and so is grey, which has no background chroma left.
/// </summary>
internal sealed class TranslucencyEstimator(MattingContext context)
{
    /// <summary>Transmission below which an area is a solid object that happens to have the background's hue.</summary>
    private const float MinTransmission = 0.12f;

    /// <summary>The same inside a translucent area, as for a highlight on glass.</summary>
    private const float MinTransmissionInside = 0.04f;

    /// <summary>How far such highlights extend, in pixels.</summary>
    private const int MaxGrowth = 12;

    /// <summary>Translucent areas are broader than this radius, in pixels; anything thinner is the edge of a solid object.</summary>
    private const int ErosionRadius = 2;
    private readonly int _width = context.Pixels.Width;
    private readonly TrimapLabel[] _labels = context.Labels;
    private readonly bool[] _candidates = new bool[context.Pixels.PixelCount];
    private readonly bool[] _strongCandidates = new bool[context.Pixels.PixelCount];

    internal void Estimate()
    {
        FindCandidates();
        var cores = Erode();
        GrowWithin(cores);
        for (var index = 0; index < cores.Length; index++)
        {
            if (cores[index] && _labels[index] == TrimapLabel.Unknown)
            {
                _labels[index] = TrimapLabel.Translucent;
            }
        }

        SolveTranslucent();
    }

    private void FindCandidates()
    {
        var averages = context.Thresholds.IsNoisy ? new BoxBlur(context.Pixels, context.Thresholds.BlurRadius) : null;
        var stride = averages is null ? 4 : 3;
        var tolerance = (float)(3 + (2 * context.Thresholds.Noise) + (context.Thresholds.IsLossy ? 4 : 0));
        ParallelRows.ForEach(context.Pixels, context.Background, (y, background) =>
        {
            var row = averages is null ? context.Pixels.GetRow(y) : averages.GetRow(y);
            for (var x = 0; x < _width; x++)
            {
                var index = (y * _width) + x;
                if (_labels[index] == TrimapLabel.Unknown)
                {
                    var transmission = TransmissionIfTranslucent(row.Slice(x * stride, 3), background.Slice(x * 3, 3), tolerance);
                    (_candidates[index], _strongCandidates[index]) = (transmission >= MinTransmissionInside, transmission >= MinTransmission);
                }
            }
        });
    }

    /// <summary>Transmission of a pixel if it is translucent; 0 if it cannot be.</summary>
    private static float TransmissionIfTranslucent(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> background, float tolerance)
    {
        var transmission = Transmission(pixel, background, out var residual);
        var grey = ((pixel[0] + pixel[1] + pixel[2]) - (transmission * (background[0] + background[1] + background[2]))) / 3;
        var possible = transmission <= 1.02f && residual <= tolerance && grey >= -tolerance && grey <= (255 * (1 - transmission)) + tolerance;
        return possible ? transmission : 0;
    }

    /// <summary>The share of the background's chroma that is left, and the residual chroma in levels.</summary>
    private static float Transmission(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> background, out float residual)
    {
        var pixelGrey = (pixel[0] + pixel[1] + pixel[2]) / 3f;
        var backgroundGrey = (background[0] + background[1] + background[2]) / 3f;
        var (red, green, blue) = (pixel[0] - pixelGrey, pixel[1] - pixelGrey, pixel[2] - pixelGrey);
        var (backgroundRed, backgroundGreen, backgroundBlue) = (background[0] - backgroundGrey, background[1] - backgroundGrey, background[2] - backgroundGrey);
        var transmission = ((red * backgroundRed) + (green * backgroundGreen) + (blue * backgroundBlue))
            / ((backgroundRed * backgroundRed) + (backgroundGreen * backgroundGreen) + (backgroundBlue * backgroundBlue));
        residual = Math.Max(Math.Abs(red - (transmission * backgroundRed)), Math.Max(Math.Abs(green - (transmission * backgroundGreen)), Math.Abs(blue - (transmission * backgroundBlue))));
        return transmission;
    }

    /// <summary>Erosion: strong candidates whose whole neighbourhood are candidates.</summary>
    private bool[] Erode()
    {
        var cores = new bool[_candidates.Length];
        for (var y = ErosionRadius; y < context.Pixels.Height - ErosionRadius; y++)
        {
            for (var x = ErosionRadius; x < _width - ErosionRadius; x++)
            {
                var index = (y * _width) + x;
                cores[index] = _strongCandidates[index] && IsSurroundedByCandidates(index);
            }
        }

        return cores;
    }

    private bool IsSurroundedByCandidates(int index)
    {
        for (var dy = -ErosionRadius; dy <= ErosionRadius; dy++)
        {
            if (_candidates.AsSpan(index + (dy * _width) - ErosionRadius, (2 * ErosionRadius) + 1).Contains(false))
            {
                return false;
            }
        }

        return true;
    }

    private void GrowWithin(bool[] cores)
    {
        var frontier = new List<int>();
        for (var index = 0; index < cores.Length; index++)
        {
            if (cores[index])
            {
                frontier.Add(index);
            }
        }

        for (var step = 0; step < MaxGrowth && frontier.Count > 0; step++)
        {
            var next = new List<int>();
            frontier.ForEach(index => GrowFrom(index, cores, next));
            frontier = next;
        }
    }

    private void GrowFrom(int index, bool[] cores, List<int> reached)
    {
        foreach (var offset in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            var neighbour = index + offset;
            if ((uint)neighbour < (uint)cores.Length && _candidates[neighbour] && !cores[neighbour])
            {
                cores[neighbour] = true;
                reached.Add(neighbour);
            }
        }
    }

    private void SolveTranslucent() => ParallelRows.ForEach(context.Pixels, context.Background, (y, background) =>
    {
        var row = context.Pixels.GetRow(y);
        for (var x = 0; x < _width; x++)
        {
            if (_labels[(y * _width) + x] == TrimapLabel.Translucent)
            {
                SolveTranslucent((y * _width) + x, row.Slice(x * 4, 3), background.Slice(x * 3, 3));
            }
        }
    });

    private void SolveTranslucent(int index, ReadOnlySpan<byte> pixel, ReadOnlySpan<float> background)
    {
        var transmission = Math.Clamp(Transmission(pixel, background, out _), 0, 1);
        var alpha = Math.Max(1 - transmission, 1 / 255f);
        var grey = Math.Clamp(((pixel[0] + pixel[1] + pixel[2]) - ((1 - alpha) * (background[0] + background[1] + background[2]))) / 3 / alpha, 0, 255);
        context.SetPixel(index, grey, grey, grey, 1 - transmission);
    }
}
