using static GptImage2.Backends.Http.LenientJson;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>
/// An error as services word it: {"error":{…}} (OpenAI), {"error":"…"}, {"detail":…} and {"message":…} (servers that
/// imitate it). What is missing is null.
/// </summary>
internal sealed record ApiErrorBody(string? Message, string? Type, string? Code, string? Param)
{
    /// <summary>At which stage the safety system refused: input, output or unknown.</summary>
    public string? ModerationStage { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Null when the body is no JSON object.</summary>
    public static ApiErrorBody? Read(ReadOnlySpan<byte> body)
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

    public static ApiErrorBody From(JsonElement root)
    {
        var inner = GetMember(root, "error") ?? GetMember(root, "detail") ?? GetMember(root, "data");
        if (inner is { ValueKind: JsonValueKind.String } text)
        {
            return new ApiErrorBody(GetText(text), GetText(root, "type"), GetText(root, "code"), null);
        }

        var error = inner switch
        {
            { ValueKind: JsonValueKind.Object } value => value,
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > 0 => list[0],
            _ => root,
        };
        var moderation = GetMember(error, "moderation_details") ?? GetMember(root, "moderation_details");
        return new ApiErrorBody(GetText(error, "message") ?? GetText(error, "msg"), GetText(error, "type"), GetText(error, "code"), GetText(error, "param"))
        {
            ModerationStage = moderation is { } stage ? GetText(stage, "moderation_stage") : null,
            Categories = moderation is { } details && GetMember(details, "categories") is { ValueKind: JsonValueKind.Array } categories
                ? [.. categories.EnumerateArray().Select(category => GetText(category)).OfType<string>()]
                : [],
        };
    }
}

/// <summary>An event stream reported an error instead of an image.</summary>
internal sealed class ApiErrorEventException(ApiErrorBody error) : Exception(error.Code)
{
    public ApiErrorBody Error { get; } = error;
}
