namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>The little of JSON Schema that tools need. No oneOf or anyOf: some clients refuse a whole list for one.</summary>
internal static class SchemaBuilder
{
    public static JsonObject Text(string description, int? maxLength = null) =>
        new JsonObject { ["type"] = "string", ["description"] = description, ["maxLength"] = maxLength }.WithoutNulls();

    public static JsonObject Flag(string description) => Typed("boolean", description);

    /// <summary>True, false or one of a few names that mean a special kind of true.</summary>
    public static JsonObject FlagOr(string description, params IEnumerable<string> names) =>
        new() { ["type"] = new JsonArray("boolean", "string"), ["description"] = description, ["enum"] = new JsonArray([true, false, .. names.Select(name => (JsonNode)name)]) };

    public static JsonObject Integer(string? description, int? minimum = null, int? maximum = null, int? multipleOf = null) =>
        new JsonObject { ["type"] = "integer", ["description"] = description, ["minimum"] = minimum, ["maximum"] = maximum, ["multipleOf"] = multipleOf }
            .WithoutNulls();

    public static JsonObject Number(string? description = null) => Typed("number", description);

    public static JsonObject OneOf(string? description, IEnumerable<string> names) =>
        new JsonObject { ["type"] = "string", ["description"] = description, ["enum"] = names.ToJsonArray() }.WithoutNulls();

    public static JsonObject List(JsonObject items, string? description = null, int? maxItems = null) =>
        new JsonObject { ["type"] = "array", ["items"] = items, ["description"] = description, ["maxItems"] = maxItems }.WithoutNulls();

    /// <summary>An object; only the top of a tool's input refuses further names.</summary>
    public static JsonObject Object(JsonObject properties, params string[] required) =>
        new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required is [] ? null : required.ToJsonArray() }.WithoutNulls();

    public static JsonObject Typed(string type, string? description = null) =>
        new JsonObject { ["type"] = type, ["description"] = description }.WithoutNulls();

    public static JsonElement CloseToElement(this JsonObject schema)
    {
        schema["additionalProperties"] = false;
        return schema.ToElement();
    }

    public static JsonElement ToElement(this JsonNode node) => JsonSerializer.SerializeToElement(node, JsonNodeContext.Default.JsonNode);

    public static JsonArray ToJsonArray(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    /// <summary>Leaves out the members where there is nothing to say.</summary>
    public static JsonObject WithoutNulls(this JsonObject json)
    {
        foreach (var (name, _) in json.Where(member => member.Value is null).ToArray())
        {
            json.Remove(name);
        }

        return json;
    }
}

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class JsonNodeContext : JsonSerializerContext;
