using System.Globalization;
using System.Text.Json;

namespace GptImage2.Mcp.Hosting;

/// <summary>
/// Reads what real clients send where nothing is lost by it: a JSON string for an array or an object, one item for an
/// array, "2" for 2, "true" for true.
/// </summary>
internal static class Leniency
{
    /// <returns>A value of the rule's type, or null when what was written can mean none.</returns>
    public static JsonElement? Read(JsonElement rule, JsonElement written) => rule.GetProperty("type").GetString() switch
    {
        "string" => written.ValueKind is JsonValueKind.String ? written : null,
        "boolean" => Flag(written),
        "integer" or "number" => Number(written),
        "object" => Nested(written) is { ValueKind: JsonValueKind.Object } value ? value : null,
        "array" => Nested(written) is { ValueKind: JsonValueKind.Array } list ? list : One(rule.GetProperty("items"), written),
        _ => null,
    };

    private static JsonElement? Flag(JsonElement written) => written.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => written,
        JsonValueKind.String when bool.TryParse(written.GetString(), out var value) => Json(value ? "true" : "false"),
        _ => null,
    };

    private static JsonElement? Number(JsonElement written) => written.ValueKind switch
    {
        JsonValueKind.Number => written,
        JsonValueKind.String when decimal.TryParse(written.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) =>
            Json(value.ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static JsonElement? One(JsonElement items, JsonElement written) =>
        Read(items, written) is { } item ? Json($"[{item.GetRawText()}]") : null;

    private static JsonElement Nested(JsonElement written) =>
        written.ValueKind is JsonValueKind.String && written.GetString()!.TrimStart() is ['[' or '{', ..] text ? TryJson(text) ?? written : written;

    private static JsonElement? TryJson(string text)
    {
        try
        {
            return Json(text);
        }
        catch (JsonException)
        {
            // Not JSON after all: it stays the text that it is, and the rule refuses it by name.
            return null;
        }
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
