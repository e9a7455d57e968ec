namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>
/// Regions and crops in the spellings of other tools. What can be computed is; what has two readings, or is only words, is refused with the
/// finished object, unless looking at the wrong part costs nothing.
/// </summary>
internal static class RegionReader
{
    private const string ViewTool = "view_image";

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
        else if (arguments.Knows("crop") && arguments.Find("crop") is { } crop && RegionShapeText.Parse(crop) is { } shape)
        {
            arguments.Set("crop", shape.Shape);
        }
    }

    private static void ReadRegion(ArgumentSet arguments, JsonElement written)
    {
        if (RegionShapeText.ParseList(written) is { } shapes)
        {
            var finished = new JsonArray([.. shapes.Select(shape => shape.Shape.DeepClone())]);
            if (shapes.Select(shape => shape.Doubt).OfType<string>().FirstOrDefault() is { } doubt)
            {
                arguments.Refuse("region", doubt, SchemaDescriptions.Truncate(written), shapes[0].Shape.ToJsonString(), new Repair("region", finished));
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

    private static void RefuseShapeAsMask(ArgumentSet arguments)
    {
        if (!arguments.Has("region") && arguments.Find("mask") is { } mask && mask.ValueKind is JsonValueKind.Object or JsonValueKind.Array && RegionShapeText.ParseList(mask) is { } shapes)
        {
            arguments.Refuse(
                "mask",
                "an image; shapes go into region",
                SchemaDescriptions.Truncate(mask),
                null,
                new Repair("mask", null),
                new Repair("region", new JsonArray([.. shapes.Select(shape => shape.Shape.DeepClone())])));
        }
    }
}
