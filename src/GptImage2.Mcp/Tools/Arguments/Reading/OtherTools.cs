namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>Arguments that show that another tool was meant: images for a tool that takes none, a region for one that changes all.</summary>
internal static class OtherTools
{
    private const string EditTool = "edit_with_references";
    private const string InpaintTool = "inpaint_region";

    /// <summary>What is sent as the image to edit.</summary>
    private static readonly string[] BaseNames =
        ["image", "base_image", "input_image", "init_image", "source_image", "image_url", "image_path", "image_id", "input", "source", "image_file"];

    /// <summary>What is sent as images to draw by.</summary>
    private static readonly string[] ReferenceNames = ["references", "reference", "images", "reference_images", "reference_image", "image_references", "input_images", "image_urls", "style_image", "style_reference", "character_image", "subject_image", "style_images"];

    /// <summary>What inpaint_region does not have, because its image decides it.</summary>
    private static readonly string[] DecidedByImage = ["references", "preset", "width", "height", "resize_to", "size", "aspect_ratio", "background", "cutout"];

    private static readonly string[] RegionNames = ["mask", "region", "mask_image", "bbox"];

    public static void Refuse(ArgumentSet arguments)
    {
        if (arguments.Knows("resize_to") && !arguments.Knows("references"))
        {
            RefuseImages(arguments);
        }
        else if (arguments.Knows("resize_to"))
        {
            RefuseRegion(arguments);
            ReadBase(arguments);
        }
    }

    /// <summary>generate_image takes no images: without them it would draw, and bill, something else.</summary>
    private static void RefuseImages(ArgumentSet arguments)
    {
        var references = new JsonArray();
        string[] written = [.. arguments.Values.Keys.Where(name => arguments.Has(name) && (IsOneOf(name, BaseNames) || IsOneOf(name, ReferenceNames)))];
        foreach (var name in written)
        {
            foreach (var item in ToItems(arguments.Find(name)!.Value))
            {
                references.Add(item is JsonValue text && IsOneOf(name, BaseNames) ? new JsonObject { ["image"] = text, ["role"] = "base" }
                    : item is JsonValue && name.Contains("style", StringComparison.OrdinalIgnoreCase) ? new JsonObject { ["image"] = item, ["role"] = "style" }
                    : item is JsonValue ? new JsonObject { ["image"] = item }
                    : item);
            }
        }

        foreach (var name in written)
        {
            var value = SchemaDescriptions.Truncate(arguments.Find(name)!.Value);
            arguments.Refuse(name, $"no images, because generate_image takes none: {EditTool} does", value, null, [.. written.Select(other => new Repair(other, null)), new Repair("references", references.DeepClone()) { Tool = EditTool }]);
        }
    }

    private static void RefuseRegion(ArgumentSet arguments)
    {
        if (RegionNames.FirstOrDefault(arguments.Has) is not { } name)
        {
            return;
        }

        var value = arguments.Find(name)!.Value;
        List<Repair> repairs = [new(name, null)];
        if (FindBase(arguments) is { } image)
        {
            repairs.AddRange(SizeAndReferenceNames(arguments).Select(other => new Repair(other, null)));
            repairs.Add(new Repair("image", image) { Tool = InpaintTool });
            repairs.Add(new Repair(name is "mask_image" ? "mask" : name is "bbox" ? "region" : name, JsonNode.Parse(value.GetRawText())));
        }

        arguments.Refuse(name, $"no region, because this tool makes a whole image: {InpaintTool} changes one region and nothing else", SchemaDescriptions.Truncate(value), null, repairs);
    }

    /// <summary>A single image of another name, and no references: it is what is to be edited.</summary>
    private static void ReadBase(ArgumentSet arguments)
    {
        if (!arguments.Has("references") && FindBaseNames(arguments) is [var only] && arguments.FindText(only) is { } image)
        {
            arguments.Remove(only);
            arguments.Set("references", new JsonArray(new JsonObject { ["image"] = image, ["role"] = "base" }));
        }
    }

    private static string? FindBase(ArgumentSet arguments)
    {
        if (FindBaseNames(arguments).Select(arguments.FindText).FirstOrDefault(image => image is not null) is { } named)
        {
            return named;
        }

        return arguments.Find("references") is { ValueKind: JsonValueKind.Array } references && references.GetArrayLength() is 1 ? references[0] switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Object } item when item.TryGetProperty("image", out var image) && image.ValueKind is JsonValueKind.String => image.GetString(),
            _ => null,
        }
        : null;
    }

    private static IEnumerable<string> SizeAndReferenceNames(ArgumentSet arguments) =>
        FindBaseNames(arguments).Concat(DecidedByImage.Where(arguments.Has));

    private static string[] FindBaseNames(ArgumentSet arguments) => [.. arguments.Values.Keys.Where(name => arguments.Has(name) && IsOneOf(name, BaseNames))];

    private static bool IsOneOf(string name, string[] names) => names.Any(other => ArgumentSynonyms.Simplify(other) == ArgumentSynonyms.Simplify(name));

    private static IEnumerable<JsonNode> ToItems(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Select(item => JsonNode.Parse(item.GetRawText())).OfType<JsonNode>(),
        JsonValueKind.String when value.GetString()!.TrimStart() is ['[', ..] json && TryParse(json) is JsonArray nested => nested.Select(item => item?.DeepClone()).OfType<JsonNode>(),
        _ => [JsonNode.Parse(value.GetRawText())!],
    };

    private static JsonNode? TryParse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            // Then it is a text that begins like a list.
            return null;
        }
    }
}
