namespace GptImage2.Imaging.Matting;

/// <summary>Measures the backdrop: first where most of the border agrees, then, if it is plain, wherever the picture shows it.</summary>
internal sealed class BackdropFitter(PixelGrid pixels)
{
    private static readonly (int Degree, float Tolerance)[] BorderSteps = [(0, 32), (1, 28), (1, 24), (2, 20), (2, 18), (2, 16), (2, 16)];
    private static readonly (int Degree, float Tolerance)[] WholeSteps = [(2, 14), (2, 12), (4, 12), (4, 10), (4, 10)];

    internal Backdrop Fit()
    {
        var border = SurfaceSamples.Border(pixels);
        var surface = Refine(border, Start(border), BorderSteps);
        var noise = Noise(border, surface);
        var drift = Drift(border, surface);
        var share = Share(border, surface, noise);
        if (share > 0.4 && drift < BackdropRules.MostDrift && noise < BackdropRules.MostNoise)
        {
            var everywhere = SurfaceSamples.Everywhere(pixels);
            surface = Refine(everywhere, surface, WholeSteps);
            noise = Noise(border, surface);
        }

        return new Backdrop(surface, Middle(border, surface), noise, share, drift);
    }

    /// <summary>The commonest colour, to the nearest sixteenth, then moved to the middle of what lies around it.</summary>
    private ColourSurface Start(SurfaceSamples samples)
    {
        var counts = new int[16 * 16 * 16];
        foreach (var place in samples.Places)
        {
            counts[Bin(pixels.Rgba.AsSpan(place * 4, 3))]++;
        }

        var commonest = Array.IndexOf(counts, counts.Max());
        return ColourSurface.Constant(pixels, ((commonest >> 8) * 16) + 8, (((commonest >> 4) & 15) * 16) + 8, ((commonest & 15) * 16) + 8);
    }

    private static int Bin(ReadOnlySpan<byte> colour) => ((colour[0] >> 4) << 8) | ((colour[1] >> 4) << 4) | (colour[2] >> 4);

    private static ColourSurface Refine(SurfaceSamples samples, ColourSurface surface, (int Degree, float Tolerance)[] steps)
    {
        var weights = new float[samples.Places.Length];
        foreach (var (degree, tolerance) in steps)
        {
            var distances = Distances(samples, surface);
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

            surface = ColourSurface.Fit(samples, weights, degree);
        }

        return surface;
    }

    /// <summary>In the channel that differs most.</summary>
    private static float[] Distances(SurfaceSamples samples, ColourSurface surface)
    {
        var distances = new float[samples.Places.Length];
        var width = samples.Pixels.Width;
        Span<float> colour = stackalloc float[3];
        for (var i = 0; i < distances.Length; i++)
        {
            var place = samples.Places[i];
            surface.At(place % width, place / width, colour);
            var pixel = samples.Pixels.Rgba.AsSpan(place * 4, 3);
            distances[i] = Math.Max(Math.Abs(pixel[0] - colour[0]), Math.Max(Math.Abs(pixel[1] - colour[1]), Math.Abs(pixel[2] - colour[2])));
        }

        return distances;
    }

    /// <summary>From the median, which a subject at the border does not move.</summary>
    private static double Noise(SurfaceSamples samples, ColourSurface surface)
    {
        float[] close = [.. Distances(samples, surface).Where(distance => distance < 24)];
        if (close.Length == 0)
        {
            return BackdropRules.MostNoise;
        }

        Array.Sort(close);
        // The largest of three normal deviations has its median at 1.27 standard deviations.
        return Math.Max(0.3, close[close.Length / 2] / 1.27);
    }

    private static double Share(SurfaceSamples samples, ColourSurface surface, double noise)
    {
        var tolerance = Math.Max(6, 4 * noise);
        return Distances(samples, surface).Count(distance => distance <= tolerance) / (double)samples.Places.Length;
    }

    private static double Drift(SurfaceSamples samples, ColourSurface surface)
    {
        Span<float> colour = stackalloc float[3];
        Span<float> least = [255, 255, 255];
        Span<float> most = [0, 0, 0];
        var width = samples.Pixels.Width;
        foreach (var place in samples.Places)
        {
            surface.At(place % width, place / width, colour);
            for (var channel = 0; channel < 3; channel++)
            {
                least[channel] = Math.Min(least[channel], colour[channel]);
                most[channel] = Math.Max(most[channel], colour[channel]);
            }
        }

        return Math.Max(most[0] - least[0], Math.Max(most[1] - least[1], most[2] - least[2]));
    }

    private static Colour Middle(SurfaceSamples samples, ColourSurface surface)
    {
        Span<float> colour = stackalloc float[3];
        Span<double> sum = stackalloc double[3];
        var width = samples.Pixels.Width;
        foreach (var place in samples.Places)
        {
            surface.At(place % width, place / width, colour);
            (sum[0], sum[1], sum[2]) = (sum[0] + colour[0], sum[1] + colour[1], sum[2] + colour[2]);
        }

        var count = samples.Places.Length;
        return new Colour(Level(sum[0] / count), Level(sum[1] / count), Level(sum[2] / count));
    }

    private static byte Level(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
