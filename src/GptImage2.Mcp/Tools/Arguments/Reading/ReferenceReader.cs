using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>References as plain texts, by the names of other services, or with more roles than one.</summary>
internal static class ReferenceReader
{
    private static readonly Dictionary<string, string> Names = OtherWords.ToDictionary(
    [
        ("image", ["url", "uri", "path", "file", "file_path", "image_url", "image_path", "id", "image_id", "source", "src"]),
        ("role", ["type", "purpose", "kind", "usage"]),
        ("note", ["description", "caption", "text", "notes", "comment"]),
    ]);

    public static void Read(ArgumentSet arguments)
    {
        ReadCast(arguments);
        if (!arguments.Knows("references") || arguments.Find("references") is not { } written || ToItems(written) is not { } items)
        {
            return;
        }

        if (Array.Exists(items, item => item is { ValueKind: JsonValueKind.String } || (item.ValueKind is JsonValueKind.Object && item.EnumerateObject().Any(member => Names.ContainsKey(member.Name)))))
        {
            // A single text says no more than the argument image of other tools: it is what is to be edited.
            arguments.Set("references", new JsonArray([.. items.Select(item => ReadItem(item, isAlone: items.Length is 1 && !arguments.TakesObjects("panels")))]));
            items = [.. arguments.Find("references")!.Value.EnumerateArray()];
        }

        RefuseSeveralRoles(arguments, items);
    }

    /// <summary>Images of the cast, and of its variants, in the same words as references.</summary>
    private static void ReadCast(ArgumentSet arguments)
    {
        if (arguments.TakesObjects("images") && arguments.Find("images") is { } written && ToItems(written) is { } items)
        {
            arguments.Set("images", ToObjects(items));
        }

        if (arguments.TakesObjects("variants") && arguments.Find("variants") is { ValueKind: JsonValueKind.Array } variants)
        {
            arguments.Set("variants", new JsonArray([.. variants.EnumerateArray().Select(variant =>
            {
                var read = JsonNode.Parse(variant.GetRawText());
                if (read is JsonObject members && variant.TryGetProperty("images", out var images) && ToItems(images) is { } own)
                {
                    members["images"] = ToObjects(own);
                }

                return read;
            })]));
        }

        static JsonArray ToObjects(IEnumerable<JsonElement> items) => new([.. items.Select(item => ReadItem(item, isAlone: false))]);
    }

    /// <summary>Null where it is nothing that could be read better than the schema reads it.</summary>
    private static JsonElement[]? ToItems(JsonElement written) => written.ValueKind switch
    {
        JsonValueKind.Array => [.. written.EnumerateArray()],
        JsonValueKind.Object when ToRoles(written) is { } byRole => byRole,
        JsonValueKind.Object => [written],
        JsonValueKind.String when ImagesReader.SplitNames(written.GetString()!) is { } names => [.. names.Select(name => JsonValue.Create(name).ToElement())],
        JsonValueKind.String when written.GetString()!.TrimStart() is not (['[' or '{', ..] or "") => [written],
        _ => null,
    };

    /// <summary>An object of roles and images: {"base": "room.png", "style": "board.png"}.</summary>
    private static JsonElement[]? ToRoles(JsonElement written) =>
        written.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.String && Enum.TryParse<ReferenceRole>(member.Name, ignoreCase: true, out _))
            ? [.. written.EnumerateObject().Select(member => new JsonObject { ["path"] = member.Value.GetString(), ["role"] = member.Name.ToLowerInvariant() }.ToElement())]
            : null;

    private static JsonNode? ReadItem(JsonElement item, bool isAlone)
    {
        if (item.ValueKind is JsonValueKind.String && item.GetString()!.TrimStart() is not ['{', ..])
        {
            return isAlone ? new JsonObject { ["image"] = item.GetString(), ["role"] = "base" } : new JsonObject { ["image"] = item.GetString() };
        }

        if (item.ValueKind is not JsonValueKind.Object)
        {
            return item.ValueKind is JsonValueKind.Null ? null : JsonNode.Parse(item.GetRawText());
        }

        var read = JsonObject.Create(item)!.DeepClone().AsObject();
        foreach (var (name, _) in read.Where(member => Names.ContainsKey(member.Key)).ToArray())
        {
            if (Names[name] is var meant && !read.ContainsKey(meant))
            {
                var value = read[name];
                read.Remove(name);
                read[meant] = value;
            }
        }

        return read;
    }

    private static void RefuseSeveralRoles(ArgumentSet arguments, JsonElement[] items)
    {
        foreach (var (index, item) in items.Index())
        {
            if (item.ValueKind is not JsonValueKind.Object || !item.TryGetProperty("role", out var roles) || roles.ValueKind is not JsonValueKind.Array || roles.GetArrayLength() is 0
                || roles.EnumerateArray().Any(role => role.ValueKind is not JsonValueKind.String))
            {
                continue;
            }

            string[] names = [.. roles.EnumerateArray().Select(role => role.GetString()!)];
            var more = names.Length is 1 ? null : $"Take its {string.Join(" and its ", names.Skip(1))} too.";
            var note = item.TryGetProperty("note", out var given) && given.ValueKind is JsonValueKind.String ? $"{given.GetString()} {more}".Trim() : more;
            List<Repair> repairs = [new($"references[{index}].role", names[0])];
            if (note is not null)
            {
                repairs.Add(new Repair($"references[{index}].note", note));
            }

            arguments.Add(new Violation($"references[{index}].role", "one role, and the other in note", SchemaDescriptions.Truncate(roles), names[0]) { Repairs = repairs });
        }
    }
}
