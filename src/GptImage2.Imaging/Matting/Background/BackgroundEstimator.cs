using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>
/// Fits the background's colour field: first to the border, then, if that is uniform, to every part of the image that shows the background.
/// Robust regression by iteratively reweighted least squares with Tukey's bisquare weights and a shrinking scale.
/// </summary>
internal sealed class BackgroundEstimator(RgbaBuffer pixels)
{
    private static readonly (int Degree, float Tolerance)[] BorderIterations = [(0, 32), (1, 28), (1, 24), (2, 20), (2, 18), (2, 16), (2, 16)];
    private static readonly (int Degree, float Tolerance)[] DriftingIterations = [(2, 14), (2, 12), (4, 12), (4, 10), (4, 10)];

    /// <summary>Drift in levels up to which the border's field is so good that nothing else has to be tolerated than noise.</summary>
    private const double SteadyDrift = 12;

    internal BackgroundModel Estimate()
    {
        var border = ColourFieldSamples.AlongBorder(pixels);
        var field = RefineField(border, InitialField(border), BorderIterations);
        var noise = EstimateNoise(border, field);
        var drift = EstimateDrift(border, field);
        var share = EstimateBorderShare(border, field, noise);
        if (share > 0.4 && drift < BackgroundLimits.MaxDrift && noise < BackgroundLimits.MaxNoise)
        {
            var grid = ColourFieldSamples.OnGrid(pixels);
            field = RefineField(grid, field, drift < SteadyDrift ? SteadyIterations((float)noise) : DriftingIterations);
            noise = EstimateNoise(border, field);
        }

        return new BackgroundModel(field, MeanColour(border, field), noise, share, drift);
    }

    /// <summary>A pale subject that differs by a few levels must not bend the field.</summary>
    private static (int Degree, float Tolerance)[] SteadyIterations(float noise) => [.. Enumerable.Repeat((2, 3 + (3 * noise)), 3)];

    /// <summary>A constant field of the most frequent colour, in a histogram of 16 bins a channel.</summary>
    private PolynomialColourField InitialField(ColourFieldSamples samples)
    {
        var counts = new int[16 * 16 * 16];
        foreach (var index in samples.PixelIndices)
        {
            counts[GetColourBin(pixels.ColourAt(index))]++;
        }

        var mode = Array.IndexOf(counts, counts.Max());
        return new PolynomialColourField(pixels, (new Vector3(mode >> 8, (mode >> 4) & 15, mode & 15) * 16) + new Vector3(8));
    }

    private static int GetColourBin(Vector3 colour) => (((int)colour.X >> 4) << 8) | (((int)colour.Y >> 4) << 4) | ((int)colour.Z >> 4);

    private static PolynomialColourField RefineField(ColourFieldSamples samples, PolynomialColourField field, (int Degree, float Tolerance)[] iterations)
    {
        foreach (var (degree, tolerance) in iterations)
        {
            float[] weights = [.. ColourDistances(samples, field).Select(distance => BisquareWeight(distance / tolerance))];
            var inliers = weights.Count(weight => weight > 0);
            if (inliers < 64 || (degree > 2 && inliers < weights.Length / 4))
            {
                break;
            }

            field = new PolynomialColourField(samples, weights, degree);
        }

        return field;
    }

    /// <summary>Falls off early, so that the fringe of a soft shadow or a pale subject has little influence.</summary>
    private static float BisquareWeight(float residual) => residual < 1 ? (1 - (residual * residual)) * (1 - (residual * residual)) : 0;

    private static float[] ColourDistances(ColourFieldSamples samples, PolynomialColourField field) =>
        [.. samples.PixelIndices.Zip(field.EvaluateAt(samples), (index, colour) => samples.Pixels.ColourAt(index).MaxDifference(colour))];

    /// <summary>Standard deviation from the median deviation, which a subject at the border does not affect.</summary>
    private static double EstimateNoise(ColourFieldSamples samples, PolynomialColourField field)
    {
        float[] inliers = [.. ColourDistances(samples, field).Where(distance => distance < 24)];
        if (inliers.Length == 0)
        {
            return BackgroundLimits.MaxNoise;
        }

        Array.Sort(inliers);
        // The maximum of three absolute normal deviates has its median at 1.27 standard deviations.
        return Math.Max(0.3, inliers[inliers.Length / 2] / 1.27);
    }

    private static double EstimateBorderShare(ColourFieldSamples samples, PolynomialColourField field, double noise)
    {
        var tolerance = Math.Max(6, 4 * noise);
        return ColourDistances(samples, field).Count(distance => distance <= tolerance) / (double)samples.PixelIndices.Length;
    }

    private static double EstimateDrift(ColourFieldSamples samples, PolynomialColourField field)
    {
        var colours = field.EvaluateAt(samples);
        return (colours.Aggregate(Vector3.Max) - colours.Aggregate(Vector3.Min)).MaxChannel;
    }

    private static Colour MeanColour(ColourFieldSamples samples, PolynomialColourField field)
    {
        var mean = ColourVector.Average(field.EvaluateAt(samples));
        return new Colour(ToByte(mean.X), ToByte(mean.Y), ToByte(mean.Z));
    }

    private static byte ToByte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
