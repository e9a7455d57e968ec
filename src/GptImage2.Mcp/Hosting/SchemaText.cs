using System.Globalization;
using System.Text.Json;
using GptImage2.Generation.Failures;

namespace GptImage2.Mcp.Hosting;

/// <summary>Puts a rule of a schema, and a breach of it, into words.</summary>
internal static class SchemaText
{
    /// <summary>What the rule wants, as in "a multiple of 16 from 480 to 3840".</summary>
    public static string Describe(JsonElement rule) => rule.GetProperty("type").GetString() switch
    {
        _ when rule.TryGetProperty("enum", out var names) => $"one of {string.Join(", ", names.EnumerateArray().Select(name => name.GetString()))}",
        "integer" => Numbers(rule, rule.TryGetProperty("multipleOf", out var step) ? $"a multiple of {step}" : "a whole number"),
        "number" => Numbers(rule, "a number"),
        "boolean" => "true or false",
        "array" => $"a list of {Plural(rule.GetProperty("items"))}",
        "object" => $"an object with {string.Join(", ", rule.GetProperty("properties").EnumerateObject().Select(property => property.Name))}",
        _ => Bound(rule, "maxLength") is { } length ? $"text of at most {length} characters" : "text",
    };

    /// <summary>The nearest legal value when this one is of the right type and yet breaks the rule: null when it does not, empty when there is none near.</summary>
    public static string? Breach(JsonElement rule, JsonElement value)
    {
        if (rule.TryGetProperty("enum", out var names))
        {
            string[] known = [.. names.EnumerateArray().Select(name => name.GetString()!)];
            return known.Contains(value.GetString()) ? null : UnknownValues.Meant(value.GetString()!, known);
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number when Legal(rule, Number(value)) is var legal && legal != Number(value) => legal.ToString(CultureInfo.InvariantCulture),
            JsonValueKind.String when Bound(rule, "maxLength") is { } length && value.GetString()!.EnumerateRunes().Count() > length => "",
            _ => null,
        };
    }

    /// <summary>The object that is meant where its one required member stands alone: "a.png" for {"image": "a.png"}.</summary>
    public static string? Wrapped(JsonElement rule, JsonElement written) =>
        written.ValueKind is JsonValueKind.String
        && rule.GetProperty("type").GetString() is "object"
        && rule.TryGetProperty("required", out var required)
        && required.GetArrayLength() is 1
            ? $$"""{"{{required[0].GetString()}}": {{Shorten(written)}}}"""
            : null;

    /// <summary>The whole number that is meant, or the one nearest to it that a program can hold.</summary>
    public static int Whole(JsonElement number) => (int)Math.Clamp(Math.Round(Number(number)), int.MinValue, int.MaxValue);

    /// <summary>Enough of what was written to know it again.</summary>
    public static string Shorten(JsonElement written) =>
        written.ValueKind is JsonValueKind.String ? Violation.Quote(written.GetString()!) : Violation.Shorten(written.GetRawText());

    /// <summary>A name that nobody foresaw, in quotes where it is not a plain word.</summary>
    public static string Name(string written) =>
        written.Length is > 0 and <= 60 && written.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '$' or '.') ? written : Violation.Quote(written);

    /// <summary>A number as large as a decimal can be stands for all that are larger.</summary>
    private static decimal Number(JsonElement number) => (number.TryGetDecimal(out var value), number.GetDouble()) switch
    {
        (true, _) => value,
        (_, > 1) => decimal.MaxValue,
        (_, < -1) => decimal.MinValue,
        _ => 0,
    };

    private static decimal Legal(JsonElement rule, decimal value)
    {
        if (rule.GetProperty("type").GetString() is "integer")
        {
            value = Math.Clamp(Math.Round(value), int.MinValue, int.MaxValue);
        }

        if (Bound(rule, "multipleOf") is { } step)
        {
            value = Math.Round(value / step) * step;
        }

        value = Bound(rule, "minimum") is { } minimum ? Math.Max(value, minimum) : value;
        return Bound(rule, "maximum") is { } maximum ? Math.Min(value, maximum) : value;
    }

    private static string Numbers(JsonElement rule, string kind) => (Bound(rule, "minimum"), Bound(rule, "maximum")) switch
    {
        ({ } minimum, { } maximum) => $"{kind} from {minimum} to {maximum}",
        ({ } minimum, null) => $"{kind} of at least {minimum}",
        (null, { } maximum) => $"{kind} of at most {maximum}",
        _ => kind,
    };

    private static string Plural(JsonElement items) => items.GetProperty("type").GetString() switch
    {
        "string" => "texts",
        "object" => $"objects with {string.Join(", ", items.GetProperty("properties").EnumerateObject().Select(property => property.Name))}",
        var type => type + "s",
    };

    private static decimal? Bound(JsonElement rule, string keyword) =>
        rule.TryGetProperty(keyword, out var value) ? value.GetDecimal() : null;
}
