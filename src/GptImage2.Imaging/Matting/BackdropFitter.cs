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
        var colours = surface.At(samples);
        for (var i = 0; i < distances.Length; i++)
        {
            var pixel = samples.Pixels.Rgba.AsSpan(samples.Places[i] * 4, 3);
            distances[i] = Math.Max(Math.Abs(pixel[0] - colours[i * 3]), Math.Max(Math.Abs(pixel[1] - colours[(i * 3) + 1]), Math.Abs(pixel[2] - colours[(i * 3) + 2])));
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
        var colours = surface.At(samples);
        return Enumerable.Range(0, 3).Max(channel => Channel(colours, channel).Max() - Channel(colours, channel).Min());
    }

    private static Colour Middle(SurfaceSamples samples, ColourSurface surface)
    {
        var colours = surface.At(samples);
        return new Colour(Level(Channel(colours, 0).Average()), Level(Channel(colours, 1).Average()), Level(Channel(colours, 2).Average()));
    }

    private static IEnumerable<float> Channel(float[] colours, int channel)
    {
        for (var i = channel; i < colours.Length; i += 3)
        {
            yield return colours[i];
        }
    }

    private static byte Level(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
