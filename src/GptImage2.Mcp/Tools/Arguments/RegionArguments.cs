using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>A shape of a region as a model writes it.</summary>
internal sealed record RegionArguments
{
    public RegionShapeKind? Shape { get; init; }

    public double? X { get; init; }

    public double? Y { get; init; }

    public double? Width { get; init; }

    public double? Height { get; init; }

    public IReadOnlyList<IReadOnlyList<double>>? Points { get; init; }

    public RegionUnits? Units { get; init; }

    public static JsonObject CreateSchema(string description)
    {
        var box = CreateBoxProperties();
        var properties = new JsonObject { ["shape"] = SchemaBuilder.OneOf("Default rectangle. An ellipse by its box.", Enum.GetNames<RegionShapeKind>().Select(name => name.ToLowerInvariant())) };
        foreach (var (name, schema) in box)
        {
            properties[name] = schema!.DeepClone();
        }

        properties["points"] = SchemaBuilder.List(SchemaBuilder.List(SchemaBuilder.Number()));
        properties["points"]!["description"] = "For a polygon: [[x, y], …].";
        var list = SchemaBuilder.List(SchemaBuilder.Object(properties));
        list["description"] = description;
        return list;
    }

    /// <summary>A rectangle, for a tool that takes nothing else.</summary>
    public static JsonObject CreateRectangleSchema(string description)
    {
        var schema = SchemaBuilder.Object(CreateBoxProperties(), "x", "y", "width", "height");
        schema["description"] = description;
        return schema;
    }

    public RegionShapeInput ToShapeInput() => new()
    {
        Shape = Shape ?? (Points is [_, ..] && X is null ? RegionShapeKind.Polygon : RegionShapeKind.Rectangle),
        X = X,
        Y = Y,
        Width = Width,
        Height = Height,
        Points = Points ?? [],
        Units = Units,
    };

    private static JsonObject CreateBoxProperties() => new()
    {
        ["x"] = SchemaBuilder.Number("Left."),
        ["y"] = SchemaBuilder.Number("Top."),
        ["width"] = SchemaBuilder.Number(),
        ["height"] = SchemaBuilder.Number(),
        ["units"] = SchemaBuilder.OneOf(
            "fractions (default): 0-1 of the image. pixels: of the original. preview: pixels of the preview last shown.",
            Enum.GetNames<RegionUnits>().Select(name => name.ToLowerInvariant())),
    };
}
