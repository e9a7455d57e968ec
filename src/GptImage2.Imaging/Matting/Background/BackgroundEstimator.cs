using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>Measures the backdrop: first where most of the border agrees, then, if it is plain, wherever the picture shows it.</summary>
internal sealed class BackgroundEstimator(RgbaBuffer pixels)
{
    private static readonly (int Degree, float Tolerance)[] BorderIterations = [(0, 32), (1, 28), (1, 24), (2, 20), (2, 18), (2, 16), (2, 16)];
    private static readonly (int Degree, float Tolerance)[] FullImageIterations = [(2, 14), (2, 12), (4, 12), (4, 10), (4, 10)];

    internal BackgroundModel Estimate()
    {
        var border = ColourFieldSamples.AlongBorder(pixels);
        var surface = RefineField(border, InitialField(border), BorderIterations);
        var noise = EstimateNoise(border, surface);
        var drift = EstimateDrift(border, surface);
        var share = EstimateBorderShare(border, surface, noise);
        if (share > 0.4 && drift < BackgroundLimits.MaxDrift && noise < BackgroundLimits.MaxNoise)
        {
            var everywhere = ColourFieldSamples.OnGrid(pixels);
            surface = RefineField(everywhere, surface, FullImageIterations);
            noise = EstimateNoise(border, surface);
        }

        return new BackgroundModel(surface, MeanColour(border, surface), noise, share, drift);
    }

    /// <summary>The commonest colour, to the nearest sixteenth, then moved to the middle of what lies around it.</summary>
    private PolynomialColourField InitialField(ColourFieldSamples samples)
    {
        var counts = new int[16 * 16 * 16];
        foreach (var place in samples.PixelIndices)
        {
            counts[GetColourBin(pixels.Rgba.AsSpan(place * 4, 3))]++;
        }

        var commonest = Array.IndexOf(counts, counts.Max());
        return PolynomialColourField.CreateConstant(pixels, ((commonest >> 8) * 16) + 8, (((commonest >> 4) & 15) * 16) + 8, ((commonest & 15) * 16) + 8);
    }

    private static int GetColourBin(ReadOnlySpan<byte> colour) => ((colour[0] >> 4) << 8) | ((colour[1] >> 4) << 4) | (colour[2] >> 4);

    private static PolynomialColourField RefineField(ColourFieldSamples samples, PolynomialColourField surface, (int Degree, float Tolerance)[] steps)
    {
        var weights = new float[samples.PixelIndices.Length];
        foreach (var (degree, tolerance) in steps)
        {
            var distances = ColourDistances(samples, surface);
            var close = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                // Falls off early, so that a soft shadow's fringe or a pale subject hardly pulls.
                var far = distances[i] / tolerance;
                weights[i] = far < 1 ? (1 - (far * far)) * (1 - (far * far)) : 0;
                close += far < 1 ? 1 : 0;
            }

            if (close < 64 || (degree > 2 && close < weights.Length / 4))
            {
                break;
            }

            surface = PolynomialColourField.FitSamples(samples, weights, degree);
        }

        return surface;
    }

    /// <summary>In the channel that differs most.</summary>
    private static float[] ColourDistances(ColourFieldSamples samples, PolynomialColourField surface)
    {
        var distances = new float[samples.PixelIndices.Length];
        var colours = surface.EvaluateAt(samples);
        for (var i = 0; i < distances.Length; i++)
        {
            var pixel = samples.Pixels.Rgba.AsSpan(samples.PixelIndices[i] * 4, 3);
            distances[i] = Math.Max(Math.Abs(pixel[0] - colours[i * 3]), Math.Max(Math.Abs(pixel[1] - colours[(i * 3) + 1]), Math.Abs(pixel[2] - colours[(i * 3) + 2])));
        }

        return distances;
    }

    /// <summary>From the median, which a subject at the border does not move.</summary>
    private static double EstimateNoise(ColourFieldSamples samples, PolynomialColourField surface)
    {
        float[] close = [.. ColourDistances(samples, surface).Where(distance => distance < 24)];
        if (close.Length == 0)
        {
            return BackgroundLimits.MaxNoise;
        }

        Array.Sort(close);
        // The largest of three normal deviations has its median at 1.27 standard deviations.
        return Math.Max(0.3, close[close.Length / 2] / 1.27);
    }

    private static double EstimateBorderShare(ColourFieldSamples samples, PolynomialColourField surface, double noise)
    {
        var tolerance = Math.Max(6, 4 * noise);
        return ColourDistances(samples, surface).Count(distance => distance <= tolerance) / (double)samples.PixelIndices.Length;
    }

    private static double EstimateDrift(ColourFieldSamples samples, PolynomialColourField surface)
    {
        var colours = surface.EvaluateAt(samples);
        return Enumerable.Range(0, 3).Max(channel => SelectChannel(colours, channel).Max() - SelectChannel(colours, channel).Min());
    }

    private static Colour MeanColour(ColourFieldSamples samples, PolynomialColourField surface)
    {
        var colours = surface.EvaluateAt(samples);
        return new Colour(ToByte(SelectChannel(colours, 0).Average()), ToByte(SelectChannel(colours, 1).Average()), ToByte(SelectChannel(colours, 2).Average()));
    }

    private static IEnumerable<float> SelectChannel(float[] colours, int channel)
    {
        for (var i = channel; i < colours.Length; i += 3)
        {
            yield return colours[i];
        }
    }

    private static byte ToByte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
