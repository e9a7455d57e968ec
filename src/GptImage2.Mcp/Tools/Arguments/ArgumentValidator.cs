using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>
/// Holds the arguments of a call to the schema that its tool advertises. The SDK publishes that schema but does not
/// enforce it. What can only mean one thing is put right silently; everything else is refused, all of it at once.
/// </summary>
internal static class ArgumentValidator
{
    public static ArgumentValidationResult Validate(JsonElement schema, IDictionary<string, JsonElement>? arguments)
    {
        var violations = new List<Violation>();
        var values = new JsonObject();
        ValidateMembers(schema, arguments ?? new Dictionary<string, JsonElement>(), "", values, violations);
        return new ArgumentValidationResult(values.ToElement(), violations);
    }

    private static void ValidateMembers(JsonElement schema, IEnumerable<KeyValuePair<string, JsonElement>> members, string path, JsonObject into, List<Violation> violations)
    {
        var properties = schema.GetProperty("properties");
        foreach (var (name, value) in members)
        {
            if (!properties.TryGetProperty(name, out var rule))
            {
                violations.Add(ArgumentSynonyms.Explain(path + SchemaDescriptions.QuoteName(name), name, [.. properties.EnumerateObject().Select(property => property.Name)]));
            }
            else if (value.ValueKind is not JsonValueKind.Null && ValidateValue(rule, value, path + name, violations) is { } read)
            {
                into[name] = read;
            }
        }

        foreach (var name in GetRequiredNames(schema).Where(name => !into.ContainsKey(name) && !violations.Exists(violation => violation.Argument == path + name)))
        {
            violations.Add(new Violation(path + name, SchemaDescriptions.Describe(properties.GetProperty(name)), "nothing"));
        }
    }

    /// <returns>The value as it will be bound, or null when it cannot be bound at all.</returns>
    private static JsonNode? ValidateValue(JsonElement rule, JsonElement written, string path, List<Violation> violations)
    {
        var value = ArgumentCoercion.Coerce(rule, written);
        if (value is null)
        {
            violations.Add(new Violation(path, SchemaDescriptions.Describe(rule), SchemaDescriptions.Truncate(written), SchemaDescriptions.WrapInObject(rule, written)));
            return null;
        }

        switch (value.Value.ValueKind)
        {
            case JsonValueKind.Object:
                var inner = new JsonObject();
                ValidateMembers(rule, value.Value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)), path + ".", inner, violations);
                return inner;
            case JsonValueKind.Array:
                var items = rule.GetProperty("items");
                return new JsonArray([.. value.Value.EnumerateArray().Select((item, index) => ValidateValue(items, item, $"{path}[{index}]", violations) ?? CreatePlaceholder(items))]);
        }

        if (SchemaDescriptions.FindNearestLegal(rule, value.Value) is not { } nearest)
        {
            return ToBoundNode(rule, value.Value);
        }

        violations.Add(new Violation(path, SchemaDescriptions.Describe(rule), SchemaDescriptions.Truncate(written), nearest.Length is 0 ? null : nearest));

        // A number out of range still tells what was meant, so that rules across arguments can give the nearest size.
        return rule.TryGetProperty("enum", out _) ? null : ToBoundNode(rule, value.Value);
    }

    private static JsonNode? ToBoundNode(JsonElement rule, JsonElement value) =>
        rule.GetProperty("type").GetString() is "integer" ? JsonValue.Create(SchemaDescriptions.ToInteger(value)) : JsonNode.Parse(value.GetRawText());

    /// <summary>Stands for an item that nobody can read, so that those behind it keep their places.</summary>
    private static JsonNode CreatePlaceholder(JsonElement rule) => rule.GetProperty("type").GetString() switch
    {
        "object" => new JsonObject(),
        "array" => new JsonArray(),
        "boolean" => JsonValue.Create(false),
        "integer" or "number" => JsonValue.Create(0),
        _ => JsonValue.Create(""),
    };

    private static IEnumerable<string> GetRequiredNames(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
}
