using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Failures;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools;

namespace GptImage2.Mcp.Hosting;

/// <summary>
/// Holds the arguments of a call to the schema that its tool advertises. The SDK publishes that schema but does not
/// enforce it. What can only mean one thing is put right silently; everything else is refused, all of it at once.
/// </summary>
internal static class CheckArguments
{
    public static CheckedArguments Against(JsonElement schema, IDictionary<string, JsonElement>? arguments)
    {
        var violations = new List<Violation>();
        var values = new JsonObject();
        Members(schema, arguments ?? new Dictionary<string, JsonElement>(), "", values, violations);
        return new CheckedArguments(values.ToElement(), violations);
    }

    private static void Members(JsonElement schema, IEnumerable<KeyValuePair<string, JsonElement>> members, string path, JsonObject into, List<Violation> violations)
    {
        var properties = schema.GetProperty("properties");
        foreach (var (name, value) in members)
        {
            if (!properties.TryGetProperty(name, out var rule))
            {
                violations.Add(UnknownNames.Explain(path + SchemaText.Name(name), name, [.. properties.EnumerateObject().Select(property => property.Name)]));
            }
            else if (value.ValueKind is not JsonValueKind.Null && Value(rule, value, path + name, violations) is { } read)
            {
                into[name] = read;
            }
        }

        foreach (var name in Required(schema).Where(name => !into.ContainsKey(name) && !violations.Exists(violation => violation.Argument == path + name)))
        {
            violations.Add(new Violation(path + name, SchemaText.Describe(properties.GetProperty(name)), "nothing"));
        }
    }

    /// <returns>The value as it will be bound, or null when it cannot be bound at all.</returns>
    private static JsonNode? Value(JsonElement rule, JsonElement written, string path, List<Violation> violations)
    {
        var value = Leniency.Read(rule, written);
        if (value is null)
        {
            violations.Add(new Violation(path, SchemaText.Describe(rule), SchemaText.Shorten(written), SchemaText.Wrapped(rule, written)));
            return null;
        }

        switch (value.Value.ValueKind)
        {
            case JsonValueKind.Object:
                var inner = new JsonObject();
                Members(rule, value.Value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)), path + ".", inner, violations);
                return inner;
            case JsonValueKind.Array:
                var items = rule.GetProperty("items");
                return new JsonArray([.. value.Value.EnumerateArray().Select((item, index) => Value(items, item, $"{path}[{index}]", violations) ?? Blank(items))]);
        }

        if (SchemaText.Breach(rule, value.Value) is not { } nearest)
        {
            return Bound(rule, value.Value);
        }

        violations.Add(new Violation(path, SchemaText.Describe(rule), SchemaText.Shorten(written), nearest.Length is 0 ? null : nearest));

        // A number out of range still tells what was meant, so that rules across arguments can give the nearest size.
        return rule.TryGetProperty("enum", out _) ? null : Bound(rule, value.Value);
    }

    private static JsonNode? Bound(JsonElement rule, JsonElement value) =>
        rule.GetProperty("type").GetString() is "integer" ? JsonValue.Create(SchemaText.Whole(value)) : JsonNode.Parse(value.GetRawText());

    /// <summary>Stands for an item that nobody can read, so that those behind it keep their places.</summary>
    private static JsonNode Blank(JsonElement rule) => rule.GetProperty("type").GetString() switch
    {
        "object" => new JsonObject(),
        "array" => new JsonArray(),
        "boolean" => JsonValue.Create(false),
        "integer" or "number" => JsonValue.Create(0),
        _ => JsonValue.Create(""),
    };

    private static IEnumerable<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
}
