using System.Numerics;

namespace GptImage2.Imaging.Compositing;

/// <summary>The cells of a ring as one round of a fit sees them.</summary>
/// <param name="Redrawn">By how many pixels further to the right and down the model's output shows what the original shows, and how much harder it is: negative where it is softer.</param>
/// <param name="Weights">One for each cell.</param>
internal sealed record RingFit(IReadOnlyList<RingCell> Cells, Vector3 Redrawn, double[] Weights)
{
    internal double TotalWeight => Math.Max(Weights.Sum(), double.Epsilon);

    /// <summary>What a line leaves of the difference of a cell, in levels.</summary>
    internal double Difference(RingCell cell, ColourLine line, int channel) => cell.OriginalRedrawn(channel, Redrawn) - line.Map(cell.Drawn(channel));

    internal Vector3 ComputeMeanDetail(int channel) =>
        Cells.Zip(Weights, (cell, weight) => (float)weight * cell.Detail(channel)).Aggregate(Vector3.Zero, Vector3.Add) / (float)TotalWeight;

    internal Moments ComputeMoments(int channel)
    {
        var total = TotalWeight;
        var original = Cells.Zip(Weights, (cell, weight) => weight * cell.OriginalRedrawn(channel, Redrawn)).Sum() / total;
        var drawn = Cells.Zip(Weights, (cell, weight) => weight * cell.Drawn(channel)).Sum() / total;
        var (originals, drawns, products) = (0.0, 0.0, 0.0);
        foreach (var (cell, weight) in Cells.Zip(Weights))
        {
            var (above, right) = (cell.OriginalRedrawn(channel, Redrawn) - original, cell.Drawn(channel) - drawn);
            (originals, drawns, products) = (originals + (weight * above * above), drawns + (weight * right * right), products + (weight * above * right));
        }

        return new Moments(original, drawn, originals / total, drawns / total, products / total);
    }
}

/// <summary>Weighted means, variances and covariance of one channel, in levels of 255.</summary>
internal readonly record struct Moments(double Original, double Drawn, double OriginalVariance, double DrawnVariance, double Covariance);
