using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>A shape of a region as a model writes it.</summary>
internal sealed record RegionArguments(
    RegionShapeKind? Shape, double? X, double? Y, double? Width, double? Height, IReadOnlyList<IReadOnlyList<double>>? Points, RegionUnits? Units)
{
    public static JsonObject CreateSchema(string description) => SchemaBuilder.List(SchemaBuilder.Object(CreateProperties(anyShape: true)), description);

    /// <summary>A rectangle, for a further tool that takes nothing else.</summary>
    public static JsonObject CreateRectangleSchema(string description)
    {
        var schema = SchemaBuilder.Object(CreateProperties(anyShape: false), "x", "y", "width", "height");
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

    private static JsonObject CreateProperties(bool anyShape) => new JsonObject
    {
        ["shape"] = anyShape
            ? SchemaBuilder.OneOf("Default rectangle; an ellipse by its box.", Enum.GetNames<RegionShapeKind>().Select(name => name.ToLowerInvariant()))
            : null,
        ["x"] = SchemaBuilder.Number(anyShape ? "Left." : null),
        ["y"] = SchemaBuilder.Number(anyShape ? "Top." : null),
        ["width"] = SchemaBuilder.Number(),
        ["height"] = SchemaBuilder.Number(),
        ["units"] = SchemaBuilder.OneOf(
            anyShape ? "Default fractions, 0-1 of the image. pixels: of the original. preview: pixels of the preview last shown." : null,
            Enum.GetNames<RegionUnits>().Select(name => name.ToLowerInvariant())),
        ["points"] = anyShape ? SchemaBuilder.List(SchemaBuilder.List(SchemaBuilder.Number()), "For a polygon: [[x, y], ...].") : null,
    }.WithoutNulls();
}
