namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>
/// A tool as a list shows it. Every conversation carries all of them, so the list says each thing once: what generate_image describes and others take
/// as well has only its type there, or is left out where they seldom get it, and limits of numbers are in words. All of it is accepted and checked all
/// the same, which is why no schema says that there is nothing more.
/// </summary>
internal static class ListedToolDefinition
{
    /// <summary>The tool that describes what others take as well.</summary>
    private const string Describing = "generate_image";

    /// <summary>Left out of all other tools.</summary>
    private static readonly string[] SeldomGiven = ["width", "height", "background", "format", "compression", "resize_to", "overwrite", "view", "fresh"];

    /// <summary>What the objects of a list seldom get; full_size is described by edit_with_references.</summary>
    private static readonly string[] SeldomGivenToItems = ["full_size", "redraw"];

    /// <summary>Where they have no description of their own: that of generate_image, of edit_with_references for roles, or of inpaint_region for units has their values.</summary>
    private static readonly string[] DescribedElsewhere = ["preset", "quality", "cutout", "role", "units"];

    private static readonly string[] Limits = ["minimum", "maximum", "multipleOf", "maxLength", "maxItems"];

    public static Tool Create(Tool tool)
    {
        var schema = JsonObject.Create(tool.InputSchema)!;
        schema.Remove("additionalProperties");
        if (tool.Name is not Describing)
        {
            foreach (var argument in SeldomGiven)
            {
                (schema["properties"] as JsonObject)?.Remove(argument);
            }

            Shorten("", schema, []);
        }

        var listed = tool.With(JsonElement.Parse(schema.ToJsonString()), tool.OutputSchema);
        listed.Annotations = WithoutDefaults(tool.Annotations);
        return listed;
    }

    /// <summary>Without what a hint that is not there means (MCP 2025-11-25, ToolAnnotations): of a tool that only reads, the second and third mean nothing.</summary>
    private static ToolAnnotations? WithoutDefaults(ToolAnnotations? hints) => hints is null ? null : new()
    {
        ReadOnlyHint = hints.ReadOnlyHint is true ? true : null,
        DestructiveHint = hints is { DestructiveHint: false, ReadOnlyHint: not true } ? false : null,
        IdempotentHint = hints is { IdempotentHint: true, ReadOnlyHint: not true } ? true : null,
        OpenWorldHint = hints.OpenWorldHint is false ? false : null,
    };

    /// <param name="shown">The objects in lists so far: of one that comes again, only what it must have.</param>
    private static void Shorten(string name, JsonObject schema, HashSet<string> shown)
    {
        foreach (var limit in Limits)
        {
            schema.Remove(limit);
        }

        if (DescribedElsewhere.Contains(name) && !schema.ContainsKey("description"))
        {
            schema.Remove("enum");
        }

        if (schema["items"] is JsonObject items)
        {
            if (items["properties"] is JsonObject members)
            {
                string[] required = [.. items["required"]?.AsArray().Select(member => member!.GetValue<string>()) ?? []];
                var comesAgain = !shown.Add(items.ToJsonString());
                RemoveWhere(members, (member, rule) => comesAgain ? !required.Contains(member) : SeldomGivenToItems.Contains(member) && !rule.ContainsKey("description"));
            }

            Shorten("", items, shown);
        }

        foreach (var (property, rule) in schema["properties"] as JsonObject ?? [])
        {
            Shorten(property, rule!.AsObject(), shown);
        }
    }

    private static void RemoveWhere(JsonObject properties, Func<string, JsonObject, bool> isLeftOut)
    {
        foreach (var (name, _) in properties.Where(property => isLeftOut(property.Key, property.Value!.AsObject())).ToArray())
        {
            properties.Remove(name);
        }
    }
}
