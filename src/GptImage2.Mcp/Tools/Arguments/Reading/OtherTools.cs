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

    /// <summary>More images than any model takes need not be repeated.</summary>
    private const int MaxReferences = 32;

    /// <summary>What inpaint_region does not have, because its image decides it.</summary>
    private static readonly string[] DecidedByImage = ["preset", "width", "height", "resize_to", "size", "aspect_ratio", "background", "cutout"];

    private static readonly string[] RegionNames = ["mask", "region", "mask_image", "bbox"];

    public static void Refuse(ArgumentSet arguments)
    {
        if (arguments.Knows("resize_to") && !arguments.Knows("references"))
        {
            RefuseImages(arguments);
        }
        else if (arguments.Knows("resize_to"))
        {
            if (!RefuseRegion(arguments))
            {
                ReadBase(arguments);
            }
        }
    }

    /// <summary>generate_image takes no images: without them it would draw, and bill, something else.</summary>
    private static void RefuseImages(ArgumentSet arguments)
    {
        string[] written = [.. arguments.Values.Keys.Where(name => arguments.Has(name) && (IsOneOf(name, BaseNames) || IsOneOf(name, ReferenceNames)))];
        if (written is [])
        {
            return;
        }

        JsonObject[] references = [.. written.SelectMany(name => ToItems(arguments.Find(name)!.Value).Select(item => ToReference(name, item))).Take(MaxReferences)];
        var region = FindRegionName(arguments);
        IReadOnlyList<Repair> repairs = [.. written.Select(name => new Repair(name, null)), .. region is null ? UseAsReferences(references) : UseAsRegion(arguments, references, region)];
        foreach (var name in region is null ? written : [.. written, region])
        {
            var tool = region is null ? EditTool : InpaintTool;
            arguments.Refuse(name, $"no images, because generate_image takes none: {tool} does", SchemaDescriptions.Truncate(arguments.Find(name)!.Value), null, name == written[0] ? repairs : []);
        }
    }

    private static bool RefuseRegion(ArgumentSet arguments)
    {
        if (FindRegionName(arguments) is not { } name)
        {
            return false;
        }

        string[] images = [.. FindBaseNames(arguments), .. arguments.Has("references") ? ["references"] : Array.Empty<string>()];
        JsonObject[] references = [.. images.SelectMany(image => ToItems(arguments.Find(image)!.Value).Select(item => ToReference(image, item))).Take(MaxReferences)];
        arguments.Refuse(
            name,
            $"no region, because this tool makes a whole image: {InpaintTool} changes one region and nothing else",
            SchemaDescriptions.Truncate(arguments.Find(name)!.Value),
            null,
            [new Repair("references", null), .. UseAsRegion(arguments, references, name)]);

        // Whatever they were called, they are references as long as this tool is the one that is called.
        foreach (var image in FindBaseNames(arguments))
        {
            arguments.Remove(image);
        }

        if (!arguments.Has("references") && references is not [])
        {
            arguments.Set("references", new JsonArray([.. references.Select(reference => reference.DeepClone())]));
        }

        return true;
    }

    private static IEnumerable<Repair> UseAsReferences(JsonObject[] references) =>
        [new Repair("references", new JsonArray([.. references.Select(reference => reference.DeepClone())])) { Tool = EditTool }];

    /// <summary>The base, or the first image where none is, is what is changed; the others go along.</summary>
    private static IEnumerable<Repair> UseAsRegion(ArgumentSet arguments, JsonObject[] references, string region)
    {
        var edited = references.FirstOrDefault(reference => GetText(reference, "role") is "base") ?? references.FirstOrDefault();
        JsonNode[] others = [.. references.Where(reference => reference != edited).Select(reference => reference.DeepClone())];
        if (edited is null || GetText(edited, "image") is not { } image)
        {
            // Without its region the call would change the whole image.
            return [new Repair(region, null) { IsGuess = true }];
        }

        var target = region is "mask_image" ? "mask" : region is "bbox" ? "region" : region;
        return
        [
            new Repair(region, null),
            .. DecidedByImage.Where(arguments.Has).Select(name => new Repair(name, null)),
            new Repair("image", image) { Tool = InpaintTool },
            new Repair(target, JsonNode.Parse(arguments.Find(region)!.Value.GetRawText())),
            .. others is [] ? Array.Empty<Repair>() : [new Repair("references", new JsonArray(others))],
        ];
    }

    private static string? FindRegionName(ArgumentSet arguments) =>
        RegionNames.FirstOrDefault(name => arguments.Has(name) && !arguments.Knows(name) && arguments.FindText(name) is not "");

    /// <param name="name">The argument that it was written in.</param>
    private static JsonObject ToReference(string name, JsonNode item) =>
        item is JsonObject given ? given.DeepClone().AsObject()
        : IsOneOf(name, BaseNames) ? new JsonObject { ["image"] = item.DeepClone(), ["role"] = "base" }
        : name.Contains("style", StringComparison.OrdinalIgnoreCase) ? new JsonObject { ["image"] = item.DeepClone(), ["role"] = "style" }
        : new JsonObject { ["image"] = item.DeepClone() };

    private static string? GetText(JsonObject members, string name) => members[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A single image of another name is what is to be edited: alone, or before the references.</summary>
    private static void ReadBase(ArgumentSet arguments)
    {
        if (FindBaseNames(arguments) is not [var only] || arguments.FindText(only) is not { } image)
        {
            return;
        }

        var edited = new JsonObject { ["image"] = image, ["role"] = "base" };
        if (!arguments.Has("references"))
        {
            arguments.Remove(only);
            arguments.Set("references", new JsonArray(edited));
            return;
        }

        JsonNode[] references = [edited, .. ToItems(arguments.Find("references")!.Value).Select(item => (JsonNode)ToReference("references", item))];
        arguments.Refuse(only, "to be one of references, with role base", Violation.Quote(image), null, new Repair(only, null), new Repair("references", new JsonArray(references)));
    }

    private static string[] FindBaseNames(ArgumentSet arguments) => [.. arguments.Values.Keys.Where(name => arguments.Has(name) && IsOneOf(name, BaseNames))];

    private static bool IsOneOf(string name, string[] names) => names.Any(other => ArgumentSynonyms.Simplify(other) == ArgumentSynonyms.Simplify(name));

    private static IEnumerable<JsonNode> ToItems(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Select(item => JsonNode.Parse(item.GetRawText())).OfType<JsonNode>(),
        JsonValueKind.String when value.GetString()!.TrimStart() is ['[' or '{', ..] json && NestedJson.TryParse(json) is { } nested => ToItems(nested),
        _ => [JsonNode.Parse(value.GetRawText())!],
    };
}
