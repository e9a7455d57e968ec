namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>The little of JSON Schema that tools need. No oneOf or anyOf: some clients refuse a whole list for one.</summary>
internal static class SchemaBuilder
{
    public static JsonObject Text(string description, int? maxLength = null) => SetKeyword(Typed("string", description), "maxLength", maxLength);

    public static JsonObject Flag(string description) => Typed("boolean", description);

    public static JsonObject Integer(string description, int? minimum = null, int? maximum = null, int? multipleOf = null) =>
        SetKeyword(SetKeyword(SetKeyword(Typed("integer", description), "minimum", minimum), "maximum", maximum), "multipleOf", multipleOf);

    public static JsonObject Number(string? description = null) => Typed("number", description);

    public static JsonObject OneOf(string? description, IEnumerable<string> names)
    {
        var schema = Typed("string", description);
        schema["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]);
        return schema;
    }

    public static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    /// <summary>An object; only the top of a tool's input refuses further names.</summary>
    public static JsonObject Object(JsonObject properties, params string[] required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required is not [])
        {
            schema["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        }

        return schema;
    }

    public static JsonObject Typed(string type, string? description = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }

    public static JsonElement CloseToElement(this JsonObject schema)
    {
        schema["additionalProperties"] = false;
        return schema.ToElement();
    }

    public static JsonElement ToElement(this JsonNode node) => JsonSerializer.SerializeToElement(node, JsonNodeContext.Default.JsonNode);

    private static JsonObject SetKeyword(JsonObject schema, string keyword, int? value)
    {
        if (value is { } number)
        {
            schema[keyword] = number;
        }

        return schema;
    }
}

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class JsonNodeContext : JsonSerializerContext;
