using System.Numerics;

namespace GptImage2.Imaging.Compositing;

/// <summary>
/// Finds the gain and offset of each channel that bring a model's colours back to the original's, from the ring around the region, where both
/// are known. Orthogonal least squares (Deming), because both sides are noisy and the slope of an ordinary fit would be too small; reweighted
/// by Tukey's biweight, so that what the model drew into the ring does not count; and in turn with how far the model moved everything (Lucas and
/// Kanade) and how much softer it drew, because along strong stripes one pixel of either looks like a shade.
/// </summary>
internal static class ColourMatcher
{
    private const int MinCells = 12;

    /// <summary>Pixels of the ring, those at its edges counting less.</summary>
    private const double MinPixels = 75;

    private const int Rounds = 8;

    /// <summary>In pixels, to each side; and of softness about a blur of four.</summary>
    private const float MaxRedrawing = 3;

    /// <summary>As a share of the energy of all slopes, those that are the same everywhere included.</summary>
    private const float RedrawingDamping = 0.02f;

    /// <summary>Cells across and down that are judged together.</summary>
    private const int NeighbouringCells = 4;

    /// <summary>The largest correction of any value, in levels of 255: an eighth. A model that differs by more has drawn something else.</summary>
    private const double MaxCorrection = 32;

    private const double MinGain = 0.8;

    private const double MaxGain = 1.25;

    /// <summary>
    /// Standard deviation of the ring's cells, in levels, at which half of a gain is believed: the gain is what carries over to colours that the
    /// ring has not, and a ring of few colours knows little of them. At the ring itself the other half is a fraction of a level.
    /// </summary>
    private const double HalfBelievedSpread = 10;

    /// <summary>Squared correlation from which a gain is believed at all, and from which fully.</summary>
    private const double MinCorrelation = 0.8;

    private const double FullCorrelation = 0.95;

    /// <summary>Mean difference, in levels, that nobody sees.</summary>
    private const double Invisible = 0.4;

    /// <summary>The remaining difference must be less than this share of the first.</summary>
    private const double ClearlyLower = 0.75;

    /// <summary>In levels: what may remain on a ring without structure.</summary>
    private const double MaxResidual = 4;

    /// <summary>What may remain on one with structure, as a share of its spread: more means that it shows something else.</summary>
    private const double MaxResidualShare = 0.35;

    /// <summary>Share of the ring that must agree with the fit.</summary>
    private const double MinAgreement = 0.5;

    /// <summary>Reads the ring, and once more where the model moved everything by a pixel or more.</summary>
    /// <param name="read">The cells of the ring, with the output so many pixels further to the right and down.</param>
    internal static ColourFit Fit(Func<(int X, int Y), IReadOnlyList<RingCell>> read)
    {
        var fit = Fit(read(default));
        var move = ((int)Math.Round(fit.Move.X), (int)Math.Round(fit.Move.Y));
        return move is (0, 0) ? fit : Fit(read(move));
    }

    internal static ColourFit Fit(IReadOnlyList<RingCell> cells)
    {
        if (cells.Count < MinCells || cells.Sum(cell => cell.Weight) < MinPixels)
        {
            return ColourFit.None;
        }

        var channels = cells[0].Channels;
        var samples = new RingFit(cells, Vector3.Zero, [.. cells.Select(cell => cell.Weight)]);
        ColourLine[] unchanged = [.. Enumerable.Repeat(new ColourLine(1, 0), channels)];
        ColourLine[] lines = [.. Enumerable.Range(0, channels).Select(channel => new ColourLine(1, Median(cells.Select(cell => cell.Original(channel) - cell.Drawn(channel)))))];
        for (var round = 0; round < Rounds; round++)
        {
            samples = samples with { Weights = Reweight(samples, lines) };
            lines = [.. Enumerable.Range(0, channels).Select(channel => FitLine(samples.ComputeMoments(channel)))];
            samples = samples with { Redrawn = FitRedrawing(samples, lines) };
        }

        var (before, after) = (MeanDifference(samples, unchanged), MeanDifference(samples, lines));
        return new ColourFit(IsTrustworthy(samples, lines, before, after) ? lines : null, before, after, new Vector2(samples.Redrawn.X, samples.Redrawn.Y));
    }

    private static double[] Reweight(RingFit samples, ColourLine[] lines)
    {
        var residuals = samples.Cells.Select(cell => lines.Select((line, channel) => Math.Abs(samples.Difference(cell, line, channel))).Max()).ToArray();
        var cutoff = 6 * Math.Max(0.5, Median(residuals));
        return [.. samples.Cells.Zip(residuals, (cell, residual) => residual >= cutoff ? 0 : cell.Weight * Square(1 - Square(residual / cutoff)))];
    }

    /// <summary>What the lines leave of the difference, explained by a move and by softness; damped where the ring has too little structure to tell them from a shade.</summary>
    private static Vector3 FitRedrawing(RingFit samples, ColourLine[] lines)
    {
        var (matrix, right, energy) = (new Matrix4x4 { M44 = 1 }, Vector3.Zero, Vector3.Zero);
        for (var channel = 0; channel < lines.Length; channel++)
        {
            var mean = samples.ComputeMeanDetail(channel);
            foreach (var (cell, weight) in samples.Cells.Zip(samples.Weights, (cell, weight) => (cell, (float)weight)))
            {
                var detail = cell.Detail(channel) - mean;
                energy += weight * cell.Detail(channel) * cell.Detail(channel);
                right += weight * (float)samples.Difference(cell, lines[channel], channel) * detail;
                matrix.M11 += weight * detail.X * detail.X;
                matrix.M12 += weight * detail.X * detail.Y;
                matrix.M13 += weight * detail.X * detail.Z;
                matrix.M22 += weight * detail.Y * detail.Y;
                matrix.M23 += weight * detail.Y * detail.Z;
                matrix.M33 += weight * detail.Z * detail.Z;
            }
        }

        (matrix.M21, matrix.M31, matrix.M32) = (matrix.M12, matrix.M13, matrix.M23);
        var damping = (RedrawingDamping * energy) + new Vector3(1e-6f);
        (matrix.M11, matrix.M22, matrix.M33) = (matrix.M11 + damping.X, matrix.M22 + damping.Y, matrix.M33 + damping.Z);
        return Matrix4x4.Invert(matrix, out var inverse)
            ? Vector3.Clamp(samples.Redrawn + Vector3.TransformNormal(right, inverse), new Vector3(-MaxRedrawing), new Vector3(MaxRedrawing))
            : samples.Redrawn;
    }

    /// <summary>Where the ring's spread does not carry a gain, there is an offset only.</summary>
    private static ColourLine FitLine(Moments moments)
    {
        var gain = moments.Covariance <= 1e-9 ? 1 : FitGain(moments);
        // No value, however far from those of the ring, may be moved by more than the largest correction.
        var (shift, reach) = (moments.Original - moments.Drawn, Math.Max(moments.Drawn, 255 - moments.Drawn));
        var room = Math.Max(0, MaxCorrection - Math.Abs(shift)) / reach;
        gain = Math.Clamp(gain, 1 - room, 1 + room);
        return new ColourLine(gain, moments.Original - (gain * moments.Drawn));
    }

    private static double FitGain(Moments moments)
    {
        var correlation = Square(moments.Covariance) / (moments.DrawnVariance * moments.OriginalVariance);
        var belief = Math.Clamp((correlation - MinCorrelation) / (FullCorrelation - MinCorrelation), 0, 1)
            * moments.DrawnVariance / (moments.DrawnVariance + Square(HalfBelievedSpread));
        var excess = moments.OriginalVariance - moments.DrawnVariance;
        var slope = (excess + Math.Sqrt(Square(excess) + (4 * Square(moments.Covariance)))) / (2 * moments.Covariance);
        return slope is < MinGain or > MaxGain ? 1 : 1 + (belief * (slope - 1));
    }

    private static bool IsTrustworthy(RingFit samples, ColourLine[] lines, double before, double after)
    {
        var agreeing = samples.Cells.Zip(samples.Weights, (cell, weight) => weight > 0.2 * cell.Weight ? cell.Weight : 0).Sum();
        var spread = Enumerable.Range(0, lines.Length).Max(channel => Math.Sqrt(samples.ComputeMoments(channel).OriginalVariance));
        return before >= Invisible
            && after <= ClearlyLower * before
            && after <= Math.Max(MaxResidual, MaxResidualShare * spread)
            && agreeing >= MinAgreement * samples.Cells.Sum(cell => cell.Weight)
            && lines.All(line => Math.Abs(line.Map(0)) <= MaxCorrection + 0.01 && Math.Abs(line.Map(255) - 255) <= MaxCorrection + 0.01);
    }

    /// <summary>Averaged over neighbouring cells before its magnitude counts: what a texture lost by being moved on one side it wins on the other, a shade is off everywhere.</summary>
    private static double MeanDifference(RingFit samples, ColourLine[] lines) => samples.Cells.Zip(samples.Weights)
        .GroupBy(one => (one.First.X / NeighbouringCells, one.First.Y / NeighbouringCells))
        .Sum(group => lines.Select((line, channel) => Math.Abs(group.Sum(one => one.Second * samples.Difference(one.First, line, channel)))).Average()) / samples.TotalWeight;

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double Square(double value) => value * value;
}

/// <summary>What the ring says of a model's colours.</summary>
/// <param name="Lines">One for each channel; null where the fit is not to be trusted, or nothing is to be corrected.</param>
/// <param name="Before">Mean difference of the agreeing part of the ring from the original, in levels of 255, as the model drew it.</param>
/// <param name="After">The same with the lines applied.</param>
/// <param name="Move">By how many pixels further to the right and down the output shows what the original shows.</param>
internal sealed record ColourFit(IReadOnlyList<ColourLine>? Lines, double Before, double After, Vector2 Move)
{
    internal static ColourFit None { get; } = new(null, 0, 0, Vector2.Zero);
}
