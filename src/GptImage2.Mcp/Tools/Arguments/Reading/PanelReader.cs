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

    public static void Read(ArgumentSet arguments)
    {
        if (!arguments.TakesObjects("panels") || arguments.Find("panels") is not { ValueKind: JsonValueKind.Array } written)
        {
            return;
        }

        var rule = arguments.GetItemProperties("panels");
        arguments.Set("panels", new JsonArray([.. written.EnumerateArray().Select(item => ReadItem(item, rule))]));
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
