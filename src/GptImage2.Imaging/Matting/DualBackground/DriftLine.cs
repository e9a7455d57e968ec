namespace GptImage2.Imaging.Matting.DualBackground;

/// <summary>How much lighter one picture is than the other, by level: a line through most of the points.</summary>
/// <param name="Offset">In levels, at level 0.</param>
/// <param name="MeanLevel">Of the points that lie on it.</param>
internal sealed record DriftLine(double Slope, double Offset, double MeanLevel)
{
    /// <summary>Levels within which a point is near the line, before anything is known of it.</summary>
    private const double FirstScale = 6;

    /// <summary>The same at least, once it is known.</summary>
    private const double MinScale = 1.5;

    /// <summary>Squared levels, a ridge term: points of hardly different levels tell no slope.</summary>
    private const double Ridge = 400;

    private const int Passes = 5;

    /// <summary>Begins where nothing drifts; in each pass those far from the line count less.</summary>
    internal static DriftLine Fit((float Level, float Difference)[] points)
    {
        var (line, scale) = (new DriftLine(0, 0, 0), FirstScale);
        for (var pass = 0; pass < Passes; pass++)
        {
            var (sum, level, difference, square, product, errors) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            foreach (var point in points)
            {
                var error = point.Difference - line.Offset - (line.Slope * point.Level);
                var weight = 1 / (1 + Math.Pow(error / scale, 4));
                sum += weight;
                level += weight * point.Level;
                difference += weight * point.Difference;
                square += weight * point.Level * point.Level;
                product += weight * point.Level * point.Difference;
                errors += weight * error * error;
            }

            var (meanLevel, meanDifference) = (level / sum, difference / sum);
            var slope = ((product / sum) - (meanLevel * meanDifference)) / ((square / sum) - (meanLevel * meanLevel) + Ridge);
            line = new DriftLine(slope, meanDifference - (slope * meanLevel), meanLevel);
            scale = Math.Clamp(2 * Math.Sqrt(errors / sum), MinScale, FirstScale);
        }

        return line;
    }
}
