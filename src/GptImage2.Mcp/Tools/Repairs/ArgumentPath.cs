using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tools.Repairs;

/// <summary>Places in the arguments of a call, as refusals name them: <c>references[0].image</c>.</summary>
internal static partial class ArgumentPath
{
    /// <summary>Takes the value out; a place that is not there is left alone.</summary>
    public static void Remove(JsonObject arguments, string path)
    {
        if (arguments.Remove(path) || Split(path) is not [.. var parents, var last] || Find(arguments, parents) is not { } parent)
        {
            return;
        }

        if (parent is JsonObject members)
        {
            members.Remove(last);
        }
        else if (parent is JsonArray items && int.TryParse(last, NumberStyles.None, null, out var index) && index < items.Count)
        {
            items.RemoveAt(index);
        }
    }

    public static void Set(JsonObject arguments, string path, JsonNode value)
    {
        if (Split(path) is not [.. var parents, var last])
        {
            return;
        }

        switch (Find(arguments, parents))
        {
            case JsonObject members:
                members[last] = value.DeepClone();
                break;
            case JsonArray items when int.TryParse(last, NumberStyles.None, null, out var index) && index < items.Count:
                items[index] = value.DeepClone();
                break;
        }
    }

    /// <summary>A value that is only known as text, in the type that the schema wants at that place.</summary>
    public static JsonNode Convert(JsonElement schema, string path, JsonNode value)
    {
        if (value is not JsonValue text || !text.TryGetValue<string>(out var written) || FindRule(schema, path) is not { } rule)
        {
            return value;
        }

        return rule.GetTypeName() switch
        {
            "integer" or "number" when decimal.TryParse(written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, null, out var number) => number,
            "boolean" or SchemaDescriptions.FlagOrName when bool.TryParse(written, out var flag) => flag,
            "object" or "array" when TryParse(written) is { } nested => nested,
            _ => value,
        };
    }

    private static JsonElement? FindRule(JsonElement schema, string path)
    {
        var rule = schema;
        foreach (var step in Split(path))
        {
            var found = int.TryParse(step, NumberStyles.None, null, out _) ? rule.TryGetProperty("items", out var next)
                : rule.TryGetProperty("items", out var items) ? TryGetMember(items, step, out next)
                : TryGetMember(rule, step, out next);
            if (!found)
            {
                return null;
            }

            rule = next;
        }

        return rule;
    }

    private static bool TryGetMember(JsonElement rule, string name, out JsonElement member)
    {
        member = default;
        return rule.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out member);
    }

    private static JsonNode? Find(JsonObject arguments, IEnumerable<string> steps)
    {
        JsonNode? node = arguments;
        foreach (var step in steps)
        {
            // A list of one may have been written as its item alone.
            node = node switch
            {
                JsonArray items when int.TryParse(step, NumberStyles.None, null, out var index) => index < items.Count ? items[index] : null,
                JsonObject members when int.TryParse(step, NumberStyles.None, null, out var index) => index is 0 ? members : null,
                JsonObject members => members[step],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>Sorts items of lists by their numbers.</summary>
    public static string ToSortKey(string path) => NumberPattern.Replace(path, number => number.Value.PadLeft(9, '0'));

    private static string[] Split(string path) => [.. StepPattern.Matches(path).Select(match => match.Value)];

    private static JsonNode? TryParse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            // Then it is words, and no value for this place.
            return null;
        }
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex NumberPattern { get; }

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex StepPattern { get; }
}
