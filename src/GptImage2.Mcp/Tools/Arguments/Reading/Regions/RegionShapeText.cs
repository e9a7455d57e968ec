namespace GptImage2.Mcp.Tools.Arguments.Reading.Regions;

/// <summary>A shape as models write it, and as it is written here.</summary>
/// <param name="Shape">The finished object.</param>
/// <param name="Doubt">What is expected, where this is only one reading of what was written; null where it is the only one.</param>
internal sealed record RegionShapeText(JsonObject Shape, string? Doubt)
{
    private const string ExpectedObject = "objects with x, y, width and height";

    /// <returns>Null where nothing of it needs another spelling, or nothing could be made of it.</returns>
    public static IReadOnlyList<RegionShapeText>? ParseList(JsonElement written)
    {
        if (ParseNested(written) is { ValueKind: JsonValueKind.Array } list)
        {
            if (RegionPoints.ReadNumbers(list) is [var a, var b, var c, var d])
            {
                return [FromNumbers(a, b, c, d, written)];
            }

            if (list.GetArrayLength() >= 3 && RegionPoints.Read(list) is { } points)
            {
                return [new RegionShapeText(new JsonObject { ["shape"] = "polygon", ["points"] = points }, null)];
            }

            RegionShapeText?[] read = [.. list.EnumerateArray().Select(Parse)];
            RegionShapeText[] all = [.. read.Zip(list.EnumerateArray(), (shape, item) => shape ?? ToUnchanged(item)).OfType<RegionShapeText>()];
            return Array.Exists(read, shape => shape is not null) && all.Length == read.Length ? all : null;
        }

        return Parse(written) is { } single ? [single] : null;
    }

    /// <inheritdoc cref="ParseList"/>
    public static RegionShapeText? Parse(JsonElement written) => ParseNested(written) switch
    {
        { ValueKind: JsonValueKind.Object } item => RegionObject.Normalize(item),
        { ValueKind: JsonValueKind.Array } list when RegionPoints.ReadNumbers(list) is [var a, var b, var c, var d] => FromNumbers(a, b, c, d, written),
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() >= 3 && RegionPoints.Read(list) is { } points =>
            new RegionShapeText(new JsonObject { ["shape"] = "polygon", ["points"] = points }, null),
        { ValueKind: JsonValueKind.String } words when RegionWords.Find(words.GetString()!) is { } box => new RegionShapeText(box, $"{ExpectedObject}, in fractions of the image: look where it is"),
        { ValueKind: JsonValueKind.String } text when RegionPoints.ReadNumbers(text.GetString()!) is [var a, var b, var c, var d] => FromNumbers(a, b, c, d, written),
        _ => null,
    };

    public static JsonObject Box(double x, double y, double width, double height) =>
        new() { ["x"] = Round(x), ["y"] = Round(y), ["width"] = Round(width), ["height"] = Round(height) };

    public static double Round(double number) => Math.Round(number, 6);

    /// <summary>Four numbers are left, top, width and height, or left, top, right and bottom; often only one of the two fits into an image.</summary>
    private static RegionShapeText FromNumbers(double a, double b, double c, double d, JsonElement written)
    {
        var isFractions = Math.Max(Math.Max(a, b), Math.Max(c, d)) <= 1;
        var asSize = c > 0 && d > 0 && (!isFractions || (a + c <= 1.001 && b + d <= 1.001));
        var asEdges = c > a && d > b;
        var (size, edges) = (Box(a, b, c, d), Box(a, b, c - a, d - b));
        return (asSize, asEdges) switch
        {
            (true, false) => new RegionShapeText(size, null),
            (false, true) => new RegionShapeText(edges, null),
            _ when a is 0 && b is 0 => new RegionShapeText(size, null),
            _ => new RegionShapeText(size, $"{ExpectedObject} (if the last two are right and bottom: {edges.ToJsonString()})"),
        };
    }

    private static RegionShapeText? ToUnchanged(JsonElement item) => item.ValueKind is JsonValueKind.Object ? new RegionShapeText(JsonObject.Create(item)!.DeepClone().AsObject(), null) : null;

    private static JsonElement ParseNested(JsonElement written) =>
        written.ValueKind is JsonValueKind.String && written.GetString()!.TrimStart() is ['[' or '{', ..] text ? NestedJson.TryParse(text) ?? written : written;
}
