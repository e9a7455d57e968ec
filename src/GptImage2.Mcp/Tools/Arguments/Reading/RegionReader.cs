using GptImage2.Mcp.Tools.Arguments.Reading.Regions;

namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>
/// Regions and crops in the spellings of other tools. What can be computed is; what has two readings, or is only words, is refused with the
/// finished object, unless looking at the wrong part costs nothing.
/// </summary>
internal static class RegionReader
{
    private const string ViewTool = "view_image";

    /// <summary>What stands in paths, addresses and JSON, and not in words.</summary>
    private static readonly SearchValues<char> PartsOfNames = SearchValues.Create("/\\.:[{");

    public static void Read(ArgumentSet arguments)
    {
        if (arguments.Knows("mask"))
        {
            RefuseShapeAsMask(arguments);
        }

        if (arguments.Knows("region") && arguments.Find("region") is { } region)
        {
            ReadRegion(arguments, region);
        }
        else if (arguments.Knows("crop") && arguments.Find("crop") is { } crop)
        {
            ReadCrop(arguments, crop);
        }
    }

    private static void ReadRegion(ArgumentSet arguments, JsonElement written)
    {
        if (RegionShapeText.ParseList(written) is { } shapes)
        {
            var finished = new JsonArray([.. shapes.Select(shape => shape.Shape.DeepClone())]);
            if (shapes.Select(shape => shape.Doubt).OfType<string>().FirstOrDefault() is { } doubt)
            {
                arguments.Refuse("region", doubt, SchemaDescriptions.Truncate(written), shapes[0].Shape.ToJsonString(), new Repair("region", finished) { IsGuess = true });
            }
            else
            {
                arguments.Set("region", finished);
            }
        }
        else if (written.ValueKind is JsonValueKind.String && written.GetString()!.TrimStart() is not (['[' or '{', ..] or ""))
        {
            arguments.Refuse(
                "region",
                """shapes in fractions of the image, as in {"x": 0.2, "y": 0.3, "width": 0.4, "height": 0.1}: look where it is""",
                SchemaDescriptions.Truncate(written),
                null,
                new Repair("region", null) { Tool = ViewTool });
        }
    }

    /// <summary>A corner alone is where the part begins: it reaches to the edges.</summary>
    private static void ReadCrop(ArgumentSet arguments, JsonElement written)
    {
        var crop = RegionShapeText.Parse(written)?.Shape ?? (written.ValueKind is JsonValueKind.Object ? JsonObject.Create(written)!.DeepClone().AsObject() : null);
        if (crop is null)
        {
            return;
        }

        foreach (var (start, length) in ((string, string)[])[("x", "width"), ("y", "height")])
        {
            if (!crop.ContainsKey(length) && crop["units"] is null && crop[start] is JsonValue from && from.TryGetValue<double>(out var fraction) && fraction is >= 0 and < 1 && crop.ContainsKey("x") && crop.ContainsKey("y"))
            {
                crop[length] = RegionShapeText.Round(1 - fraction);
            }
        }

        arguments.Set("crop", crop);
    }

    private static void RefuseShapeAsMask(ArgumentSet arguments)
    {
        if (arguments.FindText("mask") is { } words && !words.AsSpan().ContainsAny(PartsOfNames) && words.Contains(' ', StringComparison.Ordinal))
        {
            arguments.Refuse("mask", "an image whose pixels mark the place; a place in words is looked up first, and given as region", Violation.Quote(words), null, new Repair("mask", null) { Tool = ViewTool });
            return;
        }

        if (!arguments.Has("region") && arguments.Find("mask") is { } mask && mask.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            var shapes = RegionShapeText.ParseList(mask)?.Select(shape => (JsonNode?)shape.Shape.DeepClone())
                ?? (mask.ValueKind is JsonValueKind.Array ? mask.EnumerateArray() : Enumerable.Repeat(mask, 1)).Select(shape => JsonNode.Parse(shape.GetRawText()));
            arguments.Refuse(
                "mask",
                "an image; shapes go into region",
                SchemaDescriptions.Truncate(mask),
                null,
                new Repair("mask", null),
                new Repair("region", new JsonArray([.. shapes])));
        }
    }
}
