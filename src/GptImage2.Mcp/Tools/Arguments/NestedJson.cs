namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>JSON that a client has sent inside of a text.</summary>
internal static partial class NestedJson
{
    /// <returns>Null where the text is no JSON.</returns>
    public static JsonElement? TryParse(string text)
    {
        try
        {
            return JsonElement.Parse(ReplaceLoneSurrogates(text));
        }
        catch (JsonException)
        {
            // Not JSON after all: it stays the text that it is, and the rule refuses it by name.
            return null;
        }
    }

    /// <summary>The same JSON without halves of emoji, which nothing can read.</summary>
    public static string ReplaceLoneSurrogates(string json) => LoneSurrogate.Replace(json, "\\ufffd");

    /// <summary>An escaped half of a pair without its other half, after an even number of backslashes.</summary>
    [GeneratedRegex(@"(?<=(?:^|[^\\])(?:\\\\)*)(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})")]
    private static partial Regex LoneSurrogate { get; }
}
