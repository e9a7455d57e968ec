using GptImage2.Generation.Json;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Requests;

/// <summary>Change one part of an image and nothing else.</summary>
public sealed record InpaintRequest : ImageRequest
{
    /// <summary>The image to edit: Image 1 of the prompt.</summary>
    public required Reference Image { get; init; }

    /// <summary>The shapes that change, united; empty with a mask.</summary>
    public IReadOnlyList<RegionShapeInput> Region { get; init; } = [];

    /// <summary>An image that says which pixels change, instead of the region; as the caller names it.</summary>
    public string? Mask { get; init; }

    /// <summary>What was last shown of an image, by the SHA-256 of its bytes, for parts in units of the preview; none means a preview of the whole.</summary>
    [JsonIgnore]
    public Func<string, DisplayedView?>? FindDisplayedView { get; init; }

    /// <summary>Change everything but the region; null when not given.</summary>
    public bool? Invert { get; init; }

    /// <summary>Pixels over which the change fades in, inside the region; null for a fitting width.</summary>
    public int? Feather { get; init; }

    public OutsidePixels Outside { get; init; } = OutsidePixels.Keep;

    /// <summary>Whether the model's colours are brought back to the image's before they are pasted; with the model's outside they never are.</summary>
    public bool MatchColours { get; init; } = true;

    /// <summary>Further images: Image 2 and on.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    public override IReadOnlyList<Reference> Images => [Image, .. References];

    public override ImageFormat RenderFormat => ImageFormat.Png;
}

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
