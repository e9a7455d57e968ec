namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>A little of JSON Schema, written only from its specification: does this value satisfy this schema?</summary>
internal static class JsonSchemaSubset
{
    public static bool IsValid(JsonElement schema, JsonElement value) => schema.EnumerateObject().All(keyword => keyword.Name switch
    {
        "type" => HasType(keyword.Value.GetString()!, value),
        "enum" => keyword.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
        "minimum" => value.ValueKind is not JsonValueKind.Number || value.GetDouble() >= keyword.Value.GetDouble(),
        "maximum" => value.ValueKind is not JsonValueKind.Number || value.GetDouble() <= keyword.Value.GetDouble(),
        "multipleOf" => value.ValueKind is not JsonValueKind.Number || value.GetDouble() % keyword.Value.GetDouble() is 0,
        "maxLength" => value.ValueKind is not JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() <= keyword.Value.GetInt32(),
        "required" => value.ValueKind is not JsonValueKind.Object || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "properties" => value.ValueKind is not JsonValueKind.Object || keyword.Value.EnumerateObject().All(property =>
            !value.TryGetProperty(property.Name, out var member) || IsValid(property.Value, member)),
        "additionalProperties" => keyword.Value.ValueKind is JsonValueKind.False
            && value.EnumerateObject().All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _)),
        "items" => value.ValueKind is not JsonValueKind.Array || value.EnumerateArray().All(item => IsValid(keyword.Value, item)),
        "description" or "title" => true,
        var other => throw new NotSupportedException($"The keyword {other} is not one that every client reads."),
    });

    private static bool HasType(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        _ => throw new NotSupportedException(type),
    };
}
