using GptImage2.Generation.Json;

namespace GptImage2.Generation.Requests;

/// <summary>One shape of a region as the caller describes it.</summary>
public sealed record RegionShapeInput
{
    public RegionShapeKind Shape { get; init; } = RegionShapeKind.Rectangle;

    /// <summary>Left, top, width and height; the box of an ellipse. Null for a polygon.</summary>
    public double? X { get; init; }

    public double? Y { get; init; }

    public double? Width { get; init; }

    public double? Height { get; init; }

    /// <summary>Corners of a polygon, x before y.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Points { get; init; } = [];

    /// <summary>Every number that was given.</summary>
    public IEnumerable<double> Coordinates => new[] { X, Y, Width, Height }.OfType<double>().Concat(Points.SelectMany(point => point));

    /// <summary>Null when not given: fractions, where the numbers allow it.</summary>
    public RegionUnits? Units { get; init; }

    /// <summary>Whether no units were given and the numbers cannot be fractions, not even of a part that reaches beyond the image.</summary>
    public bool HasAmbiguousUnits => Units is null && Coordinates.Any(number => number > 1) && !(Coordinates.All(number => number <= 2) && Coordinates.Any(number => number is > 0 and < 1));
}

[JsonConverter(typeof(SnakeCaseEnumConverter<RegionShapeKind>))]
public enum RegionShapeKind
{
    Rectangle,
    Ellipse,
    Polygon,
}

/// <summary>What the numbers of a shape count.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RegionUnits>))]
public enum RegionUnits
{
    /// <summary>0 to 1 of the image's width and height.</summary>
    Fractions,

    /// <summary>Pixels of the upright original.</summary>
    Pixels,

    /// <summary>Pixels of what was last shown of the image.</summary>
    Preview,
}
