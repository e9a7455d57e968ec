namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Puts a rule of a schema, and a breach of it, into words.</summary>
internal static class SchemaDescriptions
{
    /// <summary>The type of what is true, false or one of a few names.</summary>
    public const string FlagOrName = "boolean|string";

    /// <summary>What the rule wants, as in "a multiple of 16 from 480 to 3840".</summary>
    public static string Describe(JsonElement rule) => rule.GetTypeName() switch
    {
        _ when rule.TryGetProperty("enum", out var names) => $"one of {string.Join(", ", ListNames(names))}",
        "integer" => DescribeNumber(rule, rule.TryGetProperty("multipleOf", out var step) ? $"a multiple of {step}" : "a whole number"),
        "number" => DescribeNumber(rule, "a number"),
        "boolean" => "true or false",
        "array" => $"a list of {DescribeItems(rule.GetProperty("items"))}",
        "object" => $"an object with {string.Join(", ", rule.GetProperty("properties").EnumerateObject().Select(property => property.Name))}",
        _ => GetKeyword(rule, "maxLength") is { } length ? $"text of at most {length} characters" : "text",
    };

    /// <summary>The nearest legal value when this one is of the right type and yet breaks the rule: null when it does not, empty when there is none near.</summary>
    public static string? FindNearestLegal(JsonElement rule, JsonElement value)
    {
        if (rule.TryGetProperty("enum", out var names))
        {
            string[] known = [.. ListNames(names)];
            return value.ValueKind is not JsonValueKind.String || known.Contains(value.GetString()) ? null
                : EnumSynonyms.FindNearest(value.GetString()!, known) ?? (rule.GetTypeName() is FlagOrName ? "true" : "");
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number when ClampToRule(rule, ToDecimal(value)) is var legal && legal != ToDecimal(value) => legal.ToString(),
            JsonValueKind.String when GetKeyword(rule, "maxLength") is { } length && value.GetString()!.EnumerateRunes().Count() > length => "",
            _ => null,
        };
    }

    /// <summary>Its type; of a rule that allows flags and names, <see cref="FlagOrName"/>.</summary>
    public static string GetTypeName(this JsonElement rule) =>
        rule.GetProperty("type") is var type && type.ValueKind is JsonValueKind.Array ? string.Join('|', type.EnumerateArray().Select(one => one.GetString())) : type.GetString()!;

    /// <summary>The object that is meant where its one required member stands alone: "a.png" for {"image": "a.png"}.</summary>
    public static string? WrapInObject(JsonElement rule, JsonElement written) =>
        written.ValueKind is JsonValueKind.String
        && rule.GetTypeName() is "object"
        && rule.TryGetProperty("required", out var required)
        && required.GetArrayLength() is 1
            ? $$"""{"{{required[0].GetString()}}": {{Truncate(written)}}}"""
            : null;

    /// <summary>The whole number that is meant, or the one nearest to it that a program can hold.</summary>
    public static int ToInteger(JsonElement number) => (int)Math.Clamp(Math.Round(ToDecimal(number)), int.MinValue, int.MaxValue);

    /// <summary>Enough of what was written to know it again.</summary>
    public static string Truncate(JsonElement written) =>
        written.ValueKind is JsonValueKind.String ? Violation.Quote(written.GetString()!) : Violation.Shorten(written.GetRawText());

    /// <summary>An unexpected name, in quotes where it is not a plain word.</summary>
    public static string QuoteName(string written) =>
        written.Length is > 0 and <= 60 && written.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '$' or '.') ? written : Violation.Quote(written);

    /// <summary>A number as large as a decimal can be stands for all that are larger.</summary>
    private static decimal ToDecimal(JsonElement number) => (number.TryGetDecimal(out var value), number.GetDouble()) switch
    {
        (true, _) => value,
        (_, > 1) => decimal.MaxValue,
        (_, < -1) => decimal.MinValue,
        _ => 0,
    };

    private static decimal ClampToRule(JsonElement rule, decimal value)
    {
        if (rule.GetTypeName() is "integer")
        {
            value = Math.Clamp(Math.Round(value), int.MinValue, int.MaxValue);
        }

        if (GetKeyword(rule, "multipleOf") is { } step)
        {
            value = Math.Round(value / step) * step;
        }

        value = GetKeyword(rule, "minimum") is { } minimum ? Math.Max(value, minimum) : value;
        return GetKeyword(rule, "maximum") is { } maximum ? Math.Min(value, maximum) : value;
    }

    private static string DescribeNumber(JsonElement rule, string kind) => (GetKeyword(rule, "minimum"), GetKeyword(rule, "maximum")) switch
    {
        ({ } minimum, { } maximum) => $"{kind} from {minimum} to {maximum}",
        ({ } minimum, null) => $"{kind} of at least {minimum}",
        (null, { } maximum) => $"{kind} of at most {maximum}",
        _ => kind,
    };

    private static string DescribeItems(JsonElement items) => items.GetTypeName() switch
    {
        "string" => "texts",
        "object" => $"objects with {string.Join(", ", items.GetProperty("properties").EnumerateObject().Select(property => property.Name))}",
        var type => type + "s",
    };

    private static IEnumerable<string> ListNames(JsonElement names) =>
        names.EnumerateArray().Select(name => name.ValueKind is JsonValueKind.String ? name.GetString()! : name.GetRawText());

    private static decimal? GetKeyword(JsonElement rule, string keyword) =>
        rule.TryGetProperty(keyword, out var value) ? value.GetDecimal() : null;
}
