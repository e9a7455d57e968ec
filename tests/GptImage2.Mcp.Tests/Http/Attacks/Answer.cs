namespace GptImage2.Mcp.Tests.Http.Attacks;

/// <summary>A response as it came.</summary>
/// <param name="Head">Its headers, one a line, without the date.</param>
internal sealed partial record Answer(int Status, string Head, string Body)
{
    private const int MaxWords = 90;

    /// <summary>Errors quote no more of a text.</summary>
    private const int QuotedLength = 59;

    /// <summary>The text of a JSON-RPC answer, in an event or not; else the body.</summary>
    public string Text
    {
        get
        {
            var json = Body.Split('\n').FirstOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal))?["data: ".Length..] ?? Body;
            try
            {
                return JsonNode.Parse(json) is JsonObject message ? GetText(message) ?? json : json;
            }
            catch (JsonException)
            {
                // Then it says it in plain words.
                return json;
            }
        }
    }

    /// <summary>All of it, with a placeholder for what was asked for.</summary>
    public string Describe(string asked) => $"{Status}\n{Head}\n\n{Body}"
        .Replace(asked, "(asked)", StringComparison.Ordinal)
        .Replace(asked[..Math.Min(asked.Length, QuotedLength)] + "\\u2026", "(asked)", StringComparison.Ordinal);

    /// <summary>The status and the first words, the same in every run.</summary>
    public override string ToString()
    {
        var words = Time.Replace(Number.Replace(Id.Replace(Text.ReplaceLineEndings(" ").Trim(), "$1_…"), ":(port)"), "(time)");
        return $"{(Status is 0 ? "closed" : Status)} {(words.Length > MaxWords ? words[..MaxWords] + "…" : words)}".TrimEnd();
    }

    private static string? GetText(JsonObject message) =>
        message["error"] is JsonObject error ? error["message"]?.ToString()
        : message["error"] is JsonValue word ? $"{word}: {message["message"]}"
        : (message["result"]?["content"] as JsonArray)?.FirstOrDefault(block => block?["text"] is not null)?["text"]?.ToString()
            ?? message["result"]?.ToJsonString();

    [GeneratedRegex("(img|job)_[a-z2-9]{16}")]
    private static partial Regex Id { get; }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+]00:00)")]
    private static partial Regex Time { get; }

    [GeneratedRegex(":[0-9]{4,5}(?![0-9-])")]
    private static partial Regex Number { get; }
}
