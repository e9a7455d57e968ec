using System.Text.Encodings.Web;

namespace GptImage2.Mcp.Results;

/// <summary>A failure in words, with the corrected call at its end.</summary>
internal static class FailureText
{
    /// <summary>A longer text is not repeated: it is in the call that was refused.</summary>
    private const int MaxTextLength = 600;

    private const int ShownLength = 40;

    internal static readonly JsonSerializerOptions LettersAsTheyAre = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Format(Failure failure)
    {
        var words = failure.Code is FailureCode.InvalidRequest ? failure.Message : $"{EnumNames.Format(failure.Code)}: {failure.Message}";
        return failure.Call is { } call ? $"{words}\n{Format(call)}" : words;
    }

    /// <summary>As in <c>Call: generate_image {"prompt":"a fox"}</c>.</summary>
    public static string Format(SuggestedCall call)
    {
        var shown = call.Arguments.DeepClone();
        var isWhole = !Shorten(shown);
        return $"Call: {call.Tool} {shown.ToJsonString(LettersAsTheyAre)}{(isWhole ? "" : " (… stands for the rest of what this call says there)")}";
    }

    /// <summary>Whether the call can be repeated whole: one with an image in it would repeat megabytes.</summary>
    public static bool IsShort(SuggestedCall call) => call.Arguments.ToJsonString(LettersAsTheyAre).Length <= 20 * MaxTextLength;

    /// <returns>Whether anything was left out.</returns>
    private static bool Shorten(JsonNode? node)
    {
        var shortened = false;
        foreach (var (place, child) in EnumerateChildren(node).ToArray())
        {
            if (child is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > MaxTextLength)
            {
                place(TextTruncation.Truncate(text, ShownLength));
                shortened = true;
            }
            else
            {
                shortened |= Shorten(child);
            }
        }

        return shortened;
    }

    private static IEnumerable<(Action<string> Replace, JsonNode? Child)> EnumerateChildren(JsonNode? node) => node switch
    {
        JsonObject members => members.Select(member => ((Action<string>)(text => members[member.Key] = text), member.Value)),
        JsonArray items => items.Select((item, index) => ((Action<string>)(text => items[index] = text), item)),
        _ => [],
    };
}
