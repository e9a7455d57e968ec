namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>Lists of images as one text with commas, or as objects with their captions.</summary>
internal static class ImagesReader
{
    public static void Read(ArgumentSet arguments)
    {
        if (!arguments.Knows("images") || arguments.TakesObjects("images") || arguments.Find("images") is not { } written)
        {
            return;
        }

        if (written.ValueKind is JsonValueKind.String && SplitNames(written.GetString()!) is { } names)
        {
            arguments.Set("images", ToArray(names));
        }
        else if (written.ValueKind is JsonValueKind.Array && written.GetArrayLength() > 0 && written.EnumerateArray().All(item => FindImage(item) is not null))
        {
            ReadObjects(arguments, [.. written.EnumerateArray()]);
        }

        if (arguments.FindText("captions") is { } text && arguments.Find("images") is { ValueKind: JsonValueKind.Array } images && Split(text) is var captions && captions.Length == images.GetArrayLength())
        {
            arguments.Set("captions", ToArray(captions));
        }
    }

    private static void ReadObjects(ArgumentSet arguments, JsonElement[] items)
    {
        if (Array.TrueForAll(items, item => item.ValueKind is JsonValueKind.String))
        {
            return;
        }

        arguments.Set("images", ToArray(items.Select(item => FindImage(item)!)));
        string[] captions = [.. items.Select(item => FindText(item, "caption", "label", "title", "text", "name") ?? "")];
        if (arguments.Knows("captions") && !arguments.Has("captions") && captions.Any(caption => caption is not ""))
        {
            arguments.Set("captions", ToArray(captions));
        }
    }

    private static string? FindImage(JsonElement item) =>
        item.ValueKind is JsonValueKind.String ? item.GetString() : FindText(item, "image", "id", "path", "url", "uri", "file", "src");

    private static string? FindText(JsonElement item, params string[] names) => item.ValueKind is not JsonValueKind.Object ? null
        : names.Select(name => item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null).FirstOrDefault(text => text is not null);

    /// <returns>Several names in one text; null where it is one name, or none.</returns>
    public static string[]? SplitNames(string text) => Split(text) is { Length: > 1 } names && Array.TrueForAll(names, IsName) ? names : null;

    private static bool IsName(string text) => text.StartsWith("img_", StringComparison.Ordinal) || text.Contains('.', StringComparison.Ordinal);

    private static string[] Split(string text) =>
        text.TrimStart() is ['[' or '{', ..] || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? [text] : text.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static JsonArray ToArray(IEnumerable<string> texts) => texts.ToJsonArray();
}
