namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>
/// Reads what real clients send where nothing is lost by it: a JSON string for an array or an object, one item for an
/// array, "2" for 2, "true" for true.
/// </summary>
internal static class ArgumentCoercion
{
    private static readonly string[] Yes = ["true", "yes", "on", "1", "y"];
    private static readonly string[] No = ["false", "no", "off", "0", "n", "", "none", "null"];
    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <returns>A value of the rule's type, or null when what was written can mean none.</returns>
    public static JsonElement? Coerce(JsonElement rule, JsonElement written) => rule.GetTypeName() switch
    {
        "string" => written.ValueKind is JsonValueKind.String ? CoerceName(rule, written) : null,
        "boolean" => CoerceBoolean(written),
        SchemaDescriptions.FlagOrName => CoerceBoolean(written) ?? (written.ValueKind is JsonValueKind.String ? CoerceName(rule, written) : null),
        "integer" or "number" => CoerceNumber(written),
        "object" => ParseNested(written) is { ValueKind: JsonValueKind.Object } value ? value : null,
        "array" => ParseNested(written) is { ValueKind: JsonValueKind.Array } list ? list : WrapInArray(rule.GetProperty("items"), written),
        _ => null,
    };

    /// <summary>One of a closed list of names in another spelling: HIGH for high, Square-Large for square_large.</summary>
    private static JsonElement CoerceName(JsonElement rule, JsonElement written)
    {
        JsonElement[] names = rule.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray().Where(name => name.ValueKind is JsonValueKind.String)] : [];
        if (names is [] || names.Any(name => name.ValueEquals(written.GetString())))
        {
            return written;
        }

        var simple = Simplify(written.GetString()!);
        JsonElement[] same = [.. names.Where(name => Simplify(name.GetString()!) == simple)];
        return same is [var only] ? only : written;
    }

    private static string Simplify(string name) => name.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    private static JsonElement? CoerceBoolean(JsonElement written) => written.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => written,
        JsonValueKind.String when written.GetString()!.Trim().ToLowerInvariant() is var word && (Yes.Contains(word) || No.Contains(word)) => JsonElement.Parse(Yes.Contains(word) ? "true" : "false"),
        JsonValueKind.Number when written.TryGetInt32(out var number) && number is 0 or 1 => JsonElement.Parse(number is 1 ? "true" : "false"),
        _ => null,
    };

    private static JsonElement? CoerceNumber(JsonElement written) => written.ValueKind switch
    {
        JsonValueKind.Number => written,
        JsonValueKind.String when decimal.TryParse(WithoutUnit(written.GetString()!), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, null, out var value) =>
            JsonElement.Parse(value.ToString()),
        JsonValueKind.String when Array.IndexOf(Numbers, written.GetString()!.Trim().ToLowerInvariant()) is > 0 and var value => JsonElement.Parse($"{value}"),
        _ => null,
    };

    /// <summary>All whole numbers here are pixels, counts or percents, so that a unit says nothing new.</summary>
    private static ReadOnlySpan<char> WithoutUnit(string number) => number.EndsWith("px", StringComparison.OrdinalIgnoreCase) ? number.AsSpan(0, number.Length - 2).TrimEnd()
        : number.EndsWith('%') ? number.AsSpan(0, number.Length - 1).TrimEnd()
        : number;

    private static JsonElement? WrapInArray(JsonElement items, JsonElement written) =>
        Coerce(items, written) is { } item ? JsonElement.Parse($"[{item.GetRawText()}]") : null;

    private static JsonElement ParseNested(JsonElement written) =>
        written.ValueKind is JsonValueKind.String && written.GetString()!.TrimStart() is ['[' or '{', ..] text ? NestedJson.TryParse(text) ?? written : written;
}
