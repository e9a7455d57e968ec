using System.Text.Encodings.Web;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>A tool call of a filled template, whose arguments are JSON that a model reads: compact, and with letters as they are.</summary>
internal sealed partial record RenderedToolCall(string Tool, JsonElement Arguments)
{
    private static readonly JsonSerializerOptions LettersAsTheyAre = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All calls of a filled template, in order.</summary>
    public static IEnumerable<RenderedToolCall> Parse(string text)
    {
        foreach (Match call in Written.Matches(text))
        {
            using var arguments = JsonDocument.Parse(call.Groups["json"].Value);
            yield return new RenderedToolCall(call.Groups["tool"].Value, arguments.RootElement.Clone());
        }
    }

    /// <summary>A value for the inside of a JSON string.</summary>
    public static string Escape(string value) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);

    /// <param name="line">Where the call stands in its file.</param>
    /// <exception cref="TemplateCallException">It is no JSON object.</exception>
    public static string Compact(string arguments, int line)
    {
        try
        {
            return JsonNode.Parse(arguments, documentOptions: new() { AllowTrailingCommas = true }) is JsonObject call
                ? call.ToJsonString(LettersAsTheyAre)
                : throw new TemplateCallException(line, "the call's arguments: expected a JSON object but received something else");
        }
        catch (JsonException invalid)
        {
            throw new TemplateCallException(line + 1 + (int)(invalid.LineNumber ?? 0), $"the call's arguments: expected JSON once the variables are filled, but {invalid.Message}");
        }
    }

    [GeneratedRegex(@"^Call `(?<tool>[^`\n]+)`:\n```json\n(?<json>.*)\n```$", RegexOptions.Multiline)]
    private static partial Regex Written { get; }
}
