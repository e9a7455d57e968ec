namespace GptImage2.Backends.Http;

/// <summary>Reads what a service wrote without trusting its types or its Unicode.</summary>
internal static class LenientJson
{
    /// <returns>Null when it is not there, null, or the parent no object.</returns>
    public static JsonElement? GetMember(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <inheritdoc cref="GetText(JsonElement?)"/>
    public static string? GetText(JsonElement parent, string name) => GetText(GetMember(parent, name));

    /// <returns>A string's text or a number's digits; null for anything else, and for text that is no Unicode.</returns>
    public static string? GetText(JsonElement? value)
    {
        try
        {
            return value switch
            {
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
