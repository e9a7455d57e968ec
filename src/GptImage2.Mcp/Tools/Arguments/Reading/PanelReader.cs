namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>Panels of a board as plain texts, and by the words of other shot lists.</summary>
internal static class PanelReader
{
    private static readonly Dictionary<string, string> Names = OtherWords.ToDictionary(
    [
        ("action", ["prompt", "description", "scene", "text", "content", "visual", "beat", "action_beat"]),
        ("shot", ["shot_size", "shot_type", "framing", "angle"]),
        ("camera", ["camera_move", "camera_movement", "movement", "move"]),
        ("dialogue", ["dialog", "speech", "line", "vo", "voiceover"]),
        ("caption", ["note", "notes", "title", "label"]),
        ("duration", ["seconds", "duration_s", "time", "length"]),
        ("size", ["preset", "resolution", "dimensions"]),
        ("panel", ["number", "n", "index", "id"]),
        ("after", ["insert_after", "behind"]),
        ("redraw", ["redo", "regenerate", "draw"]),
    ]);

    private static readonly string[] SizeNames = ["size", "resize_to", "resolution", "dimensions", "aspect_ratio", "image_size"];

    public static void Read(ArgumentSet arguments)
    {
        ReadSize(arguments);
        if (!arguments.TakesObjects("panels") || arguments.Find("panels") is not { ValueKind: JsonValueKind.Array } written)
        {
            return;
        }

        var rule = arguments.GetItemProperties("panels");
        RefuseNulls(arguments, written);
        arguments.Set("panels", new JsonArray([.. written.EnumerateArray().Select(item => ReadItem(item, rule))]));
    }

    /// <summary>Who writes null for a text wants it gone, or nothing; a panel that is named alone would be drawn anew, and billed.</summary>
    private static void RefuseNulls(ArgumentSet arguments, JsonElement written)
    {
        foreach (var (index, item) in written.EnumerateArray().Index())
        {
            if (item.ValueKind is JsonValueKind.Object && item.TryGetProperty("panel", out var panel) && panel.ValueKind is not JsonValueKind.Null
                && item.EnumerateObject().Where(member => member.Name is not "panel").ToArray() is [var first, ..] others && others.All(member => member.Value.ValueKind is JsonValueKind.Null))
            {
                arguments.Add(new Violation($"panels[{index}].{first.Name}", "a value; an empty text takes a text away, and redraw: true draws the panel anew", "null")
                {
                    Repairs = first.Name is "caption" or "dialogue" or "shot" or "camera" ? [new Repair($"panels[{index}].{first.Name}", "")] : [],
                });
            }
        }
    }

    /// <summary>One size for all panels, by the names that other tools have for it: exact pixels are the size of each panel that has none of its own.</summary>
    private static void ReadSize(ArgumentSet arguments)
    {
        if (!arguments.TakesObjects("panels") || !arguments.Knows("preset"))
        {
            return;
        }

        if (Array.Find(SizeNames, arguments.Has) is { } name && !arguments.Has("preset"))
        {
            arguments.Rename(name, "preset");
        }

        var size = arguments.Find("width") is { ValueKind: JsonValueKind.Number } width && arguments.Find("height") is { ValueKind: JsonValueKind.Number } height && !arguments.Has("preset")
            ? $"{width}x{height}"
            : arguments.FindText("preset");
        if (size is null || !Dimensions.TryParse(size, null, out _) || arguments.Find("panels") is not { ValueKind: JsonValueKind.Array } panels)
        {
            return;
        }

        foreach (var taken in (string[])["preset", "width", "height"])
        {
            arguments.Remove(taken);
        }

        arguments.Set("panels", new JsonArray([.. panels.EnumerateArray().Select(panel => WithSize(panel, size))]));
    }

    private static JsonNode? WithSize(JsonElement panel, string size)
    {
        var read = panel.ValueKind is JsonValueKind.String ? new JsonObject { ["action"] = panel.GetString() } : JsonNode.Parse(panel.GetRawText());
        if (read is JsonObject members && !members.ContainsKey("size"))
        {
            members["size"] = size;
        }

        return read;
    }

    private static JsonNode? ReadItem(JsonElement item, JsonElement rule) => item.ValueKind switch
    {
        // A number alone names the panel that is meant.
        JsonValueKind.Number when rule.TryGetProperty("panel", out _) => new JsonObject { ["panel"] = JsonNode.Parse(item.GetRawText()) },
        JsonValueKind.String when item.GetString()!.TrimStart() is not ['{', ..] => new JsonObject { ["action"] = item.GetString() },
        JsonValueKind.Object => ReadMembers(JsonNode.Parse(item.GetRawText())!.AsObject(), rule),
        JsonValueKind.Null => null,
        _ => JsonNode.Parse(item.GetRawText()),
    };

    private static JsonObject ReadMembers(JsonObject members, JsonElement rule)
    {
        foreach (var (name, _) in members.Where(member => !rule.TryGetProperty(member.Key, out _)).ToArray())
        {
            if (Names.TryGetValue(name, out var meant) && rule.TryGetProperty(meant, out _) && !members.ContainsKey(meant))
            {
                var value = members[name];
                members.Remove(name);
                members[meant] = value;
            }
        }

        return members;
    }
}
