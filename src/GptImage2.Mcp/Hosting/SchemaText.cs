using System.Globalization;
using System.Text.Json;

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
            return names.EnumerateArray().Any(name => name.GetString() == value.GetString())
                ? null
                : EditDistance.Nearest(value.GetString()!, names.EnumerateArray().Select(name => name.GetString()!));
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number when Legal(rule, value.GetDecimal()) is var legal && legal != value.GetDecimal() => legal.ToString(CultureInfo.InvariantCulture),
            JsonValueKind.String when Bound(rule, "maxLength") is { } length && value.GetString()!.EnumerateRunes().Count() > length => "",
            _ => null,
        };
    }

    /// <summary>Enough of what was written to know it again.</summary>
    public static string Shorten(JsonElement written) =>
        written.GetRawText() is { Length: > 60 } text ? $"{text[..59].TrimEnd('\\')}…" : written.GetRawText();

    private static decimal Legal(JsonElement rule, decimal value)
    {
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
