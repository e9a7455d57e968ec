using System.Text.Json.Serialization;

namespace GptImage2.Generation.Requests;

/// <summary>One part of a picture as the caller describes it.</summary>
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

    /// <summary>Every number that was said.</summary>
    public IEnumerable<double> Coordinates => new[] { X, Y, Width, Height }.OfType<double>().Concat(Points.SelectMany(point => point));

    /// <summary>Null when nobody said: fractions, where the numbers allow it.</summary>
    public RegionUnits? Units { get; init; }

    /// <summary>Whether nobody said what numbers count that no fraction can be.</summary>
    public bool HasAmbiguousUnits => Units is null && Coordinates.Any(number => number > 1);
}

/// <summary>What form a part has.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RegionShapeKind>))]
public enum RegionShapeKind
{
    [JsonStringEnumMemberName("rectangle")]
    Rectangle,

    [JsonStringEnumMemberName("ellipse")]
    Ellipse,

    [JsonStringEnumMemberName("polygon")]
    Polygon,
}

/// <summary>What the numbers of a part count.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RegionUnits>))]
public enum RegionUnits
{
    /// <summary>0 to 1 of the picture's width and height.</summary>
    [JsonStringEnumMemberName("fractions")]
    Fractions,

    /// <summary>Pixels of the upright original.</summary>
    [JsonStringEnumMemberName("pixels")]
    Pixels,

    /// <summary>Pixels of what was last shown of the picture.</summary>
    [JsonStringEnumMemberName("preview")]
    Preview,
}
