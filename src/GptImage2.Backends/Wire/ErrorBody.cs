using System.Text.Json;

namespace GptImage2.Backends.Wire;

/// <summary>
/// An error as services word it: {"error":{…}} (OpenAI), {"error":"…"}, {"detail":…} and {"message":…} (servers that
/// imitate it). What is not said is null.
/// </summary>
internal sealed record ErrorBody(string? Message, string? Type, string? Code, string? Param)
{
    /// <summary>When the safety system refused: input, output or unknown.</summary>
    public string? ModerationStage { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Null when the body is no JSON object.</summary>
    public static ErrorBody? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var root = JsonElement.Parse(body);
            return root.ValueKind is JsonValueKind.Object ? From(root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static ErrorBody From(JsonElement root)
    {
        var inner = JsonText.Member(root, "error") ?? JsonText.Member(root, "detail") ?? JsonText.Member(root, "data");
        if (inner is { ValueKind: JsonValueKind.String } text)
        {
            return new ErrorBody(JsonText.Read(text), Text(root, "type"), Text(root, "code"), null);
        }

        var error = inner switch
        {
            { ValueKind: JsonValueKind.Object } value => value,
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > 0 => list[0],
            _ => root,
        };
        var moderation = JsonText.Member(error, "moderation_details") ?? JsonText.Member(root, "moderation_details");
        return new ErrorBody(Text(error, "message") ?? Text(error, "msg"), Text(error, "type"), Text(error, "code"), Text(error, "param"))
        {
            ModerationStage = moderation is { } stage ? Text(stage, "moderation_stage") : null,
            Categories = moderation is { } details && JsonText.Member(details, "categories") is { ValueKind: JsonValueKind.Array } categories
                ? [.. categories.EnumerateArray().Select(category => JsonText.Read(category)).OfType<string>()]
                : [],
        };
    }

    private static string? Text(JsonElement parent, string name) => JsonText.Read(JsonText.Member(parent, name));
}
