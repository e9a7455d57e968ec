using System.Text.Json;
using System.Text.RegularExpressions;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>A tool call as a filled template names it.</summary>
internal sealed partial record RenderedToolCall(string Tool, JsonElement Arguments)
{
    /// <summary>All calls of a filled template, in order.</summary>
    public static IEnumerable<RenderedToolCall> Parse(string text)
    {
        foreach (Match call in Written.Matches(text))
        {
            using var arguments = JsonDocument.Parse(call.Groups["json"].Value);
            yield return new RenderedToolCall(call.Groups["tool"].Value, arguments.RootElement.Clone());
        }
    }

    [GeneratedRegex(@"^Call `(?<tool>[^`\n]+)`:\n```json\n(?<json>.*)\n```$", RegexOptions.Multiline)]
    private static partial Regex Written { get; }
}
