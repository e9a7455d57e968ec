using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Previews;

namespace GptImage2.Edits.Cases;

/// <summary>Says where something is, in one of the ways that callers have, and remembers where it really is.</summary>
internal sealed class RegionGenerator(Random random, Dimensions image)
{
    /// <summary>Share of an edge by which numbers that were read off an image may be wrong.</summary>
    private const double Tolerance = 0.019;

    /// <param name="most">Longest share of the image's edges.</param>
    public GeneratedRegion Create(double most)
    {
        var units = (RegionUnits)random.Next(3);
        var (perX, perY) = Scale(units);
        var (width, height) = (Math.Min(image.Width, Length(image.Width, most)), Math.Min(image.Height, Length(image.Height, most)));
        var (left, top) = (Start(image.Width, width), Start(image.Height, height));
        var made = random.Next(3) switch
        {
            0 => Polygon(units, perX, perY, left, top, width, height),
            1 => Box(RegionShapeKind.Ellipse, units, perX, perY, left, top, width, height),
            _ => Box(RegionShapeKind.Rectangle, units, perX, perY, left, top, width, height),
        };

        // Numbers that can be nothing but fractions may come without a word.
        return units is RegionUnits.Fractions && made.Part.Coordinates.All(number => number <= 1) && random.Next(2) is 0 ? made with { Part = made.Part with { Units = null } } : made;
    }

    private static GeneratedRegion Box(RegionShapeKind form, RegionUnits units, double perX, double perY, double left, double top, double width, double height)
    {
        var part = new RegionShapeInput { Shape = form, Units = units, X = left / perX, Y = top / perY, Width = width / perX, Height = height / perY };
        var (x, y) = (part.X.Value * perX, part.Y.Value * perY);
        var (right, bottom) = (x + (part.Width.Value * perX), y + (part.Height.Value * perY));
        return new GeneratedRegion(part, form is RegionShapeKind.Ellipse ? new ExpectedShape.Ellipse(x, y, right, bottom) : new ExpectedShape.Rectangle(x, y, right, bottom));
    }

    private GeneratedRegion Polygon(RegionUnits units, double perX, double perY, double left, double top, double width, double height)
    {
        double[][] points = [.. Enumerable.Range(0, random.Next(3, 8)).Select(_ => new[] { (left + (random.NextDouble() * width)) / perX, (top + (random.NextDouble() * height)) / perY })];
        var part = new RegionShapeInput { Shape = RegionShapeKind.Polygon, Units = units, Points = points };
        return new GeneratedRegion(part, new ExpectedShape.Polygon([.. points.Select(point => (point[0] * perX, point[1] * perY))]));
    }

    /// <summary>Pixels of the original in one of a unit.</summary>
    private (double X, double Y) Scale(RegionUnits units)
    {
        var shown = PreviewOptions.FitWithin(image);
        return units switch
        {
            RegionUnits.Pixels => (1, 1),
            RegionUnits.Preview => ((double)image.Width / shown.Width, (double)image.Height / shown.Height),
            _ => (image.Width, image.Height),
        };
    }

    /// <summary>Mostly a good part of the image, now and then a few pixels or a fraction of one.</summary>
    private double Length(int edge, double most) => random.Next(12) switch
    {
        0 => random.NextDouble() * 2,
        1 => random.Next(1, 6),
        < 6 => Math.Max(1, Math.Round(edge * most * random.NextDouble())),
        _ => edge * most * random.NextDouble(),
    };

    /// <summary>Now and then at an edge or over it.</summary>
    private double Start(int edge, double length) => random.Next(8) switch
    {
        0 => 0,
        1 => -Math.Min(length / 3, edge * Tolerance),
        2 => edge - length + Math.Min(length / 2, edge * Tolerance),
        3 => edge - length,
        < 6 => Math.Floor(random.NextDouble() * Math.Max(0, edge - length)),
        _ => random.NextDouble() * Math.Max(0, edge - length),
    };
}

/// <summary>The same part of an image twice.</summary>
/// <param name="Part">As a caller says it.</param>
/// <param name="Shape">Where it is.</param>
internal sealed record GeneratedRegion(RegionShapeInput Part, ExpectedShape Shape);
