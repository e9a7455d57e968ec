using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.DualBackground;

/// <summary>
/// Finds by how many whole pixels the second picture is shifted. Where the two lie on each other, edges coincide, no channel gives an alpha outside
/// 0 to 1, and all three give the same.
/// </summary>
internal static class PairAlignment
{
    /// <summary>In pixels, to each side.</summary>
    private const int MaxShift = 6;

    private const int GridCount = 400_000;

    private const int MaxSamples = 30_000;

    /// <summary>Fewer edges tell nothing.</summary>
    private const int MinSamples = 50;

    /// <summary>Levels by which neighbours differ where a shift shows.</summary>
    private const float MinGradient = 12;

    /// <summary>How much more equations that do not fit say than edges that do not coincide: those of white glass on white are not seen.</summary>
    private const double MisfitWeight = 8;

    /// <summary>A shift is believed when so much less is left over with it.</summary>
    private const double MinGain = 0.01;

    /// <summary>Or when edges coincide so well with it, and did not without.</summary>
    private const double MinCorrelation = 0.9;

    private const double MinCorrelationGain = 0.1;

    /// <exception cref="DualBackgroundException">It is farther away than is looked for.</exception>
    internal static (int X, int Y) FindShift(PicturePair pair, BackdropPair backdrops)
    {
        var samples = FindEdges(pair);
        if (samples.Length < MinSamples)
        {
            return default;
        }

        var inverse = Vector3.One / (backdrops.MeanLight - backdrops.MeanDark);
        float[] edges = [.. samples.Select(place => MeasureGradient(pair.LightColourAt, place.X, place.Y))];
        var still = Measure(pair, samples, edges, inverse, (0, 0));
        (Fit Best, (int X, int Y) Shift) found = (still, default);
        foreach (var candidate in Enumerable.Range(-MaxShift, (2 * MaxShift) + 1).SelectMany(y => Enumerable.Range(-MaxShift, (2 * MaxShift) + 1).Select(x => (x, y))))
        {
            var fit = Measure(pair, samples, edges, inverse, candidate);
            found = fit.Cost < found.Best.Cost ? (fit, candidate) : found;
        }

        var (best, shift) = found;
        var isBelieved = still.Misfit - best.Misfit >= MinGain || (best.Correlation >= MinCorrelation && best.Correlation - still.Correlation >= MinCorrelationGain);
        return !isBelieved ? default
            : Math.Max(Math.Abs(shift.X), Math.Abs(shift.Y)) < MaxShift ? shift
            : throw new DualBackgroundException(DualBackgroundError.Disagreement, $"the second is shifted by {MaxShift} pixels or more");
    }

    /// <summary>Only where something changes does a shift show.</summary>
    private static (int X, int Y)[] FindEdges(PicturePair pair)
    {
        const int Margin = MaxShift + 1;
        (int X, int Y)[] edges = [.. pair.OnGrid(GridCount).Where(place =>
            place.X >= Margin && place.Y >= Margin && place.X < pair.Light.Width - Margin && place.Y < pair.Light.Height - Margin
            && Math.Max(MeasureGradient(pair.LightColourAt, place.X, place.Y), MeasureGradient((x, y) => pair.DarkColourAt(x, y, default), place.X, place.Y)) >= MinGradient)];
        var step = (edges.Length / MaxSamples) + 1;
        return [.. edges.Where((_, number) => number % step is 0)];
    }

    /// <summary>Levels by which a pixel's neighbours differ from each other.</summary>
    private static float MeasureGradient(Func<int, int, Vector3> colourAt, int x, int y) =>
        Math.Max(colourAt(x - 1, y).MaxDifference(colourAt(x + 1, y)), colourAt(x, y - 1).MaxDifference(colourAt(x, y + 1)));

    private static Fit Measure(PicturePair pair, (int X, int Y)[] samples, float[] edges, Vector3 inverse, (int X, int Y) shift)
    {
        var misfit = 0.0;
        var shifted = new float[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            var (x, y) = samples[i];
            var seen = (pair.LightColourAt(x, y) - pair.DarkColourAt(x, y, shift)) * inverse;
            misfit += Math.Min(1, (2 * PairSolver.MeasureExcess(seen)) + PairSolver.MeasureSpread(seen));
            shifted[i] = MeasureGradient((column, row) => pair.DarkColourAt(column, row, shift), x, y);
        }

        return new Fit(misfit / samples.Length, Correlate(edges, shifted));
    }

    /// <summary>Pearson's coefficient.</summary>
    private static double Correlate(float[] first, float[] second)
    {
        var (meanFirst, meanSecond) = (first.Average(), second.Average());
        var (product, squaresFirst, squaresSecond) = (0.0, 0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            var (a, b) = (first[i] - meanFirst, second[i] - meanSecond);
            product += a * b;
            squaresFirst += a * a;
            squaresSecond += b * b;
        }

        return product / Math.Max(1, Math.Sqrt(squaresFirst * squaresSecond));
    }

    /// <param name="Misfit">What of the equations is left over, 0 to 1.</param>
    /// <param name="Correlation">Of the edges of both, -1 to 1.</param>
    private readonly record struct Fit(double Misfit, double Correlation)
    {
        internal double Cost => (MisfitWeight * Misfit) - Correlation;
    }
}
