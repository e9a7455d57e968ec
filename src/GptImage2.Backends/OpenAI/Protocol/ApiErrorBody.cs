using static GptImage2.Backends.Http.LenientJson;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>
/// An error as services word it: {"error":{…}} (OpenAI), {"error":"…"}, {"detail":…} and {"message":…} (servers that
/// imitate it). What is missing is null. Azure adds what its content filter found (its how-to on image generation, 2026-04).
/// </summary>
internal sealed partial record ApiErrorBody(string? Message, string? Type, string? Code, string? Param)
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
        var body = new ApiErrorBody(GetText(error, "message") ?? GetText(error, "msg"), GetText(error, "type"), GetText(error, "code"), GetText(error, "param"));
        return moderation is not { } details ? body.WithFilter(error) : body with
        {
            ModerationStage = GetText(details, "moderation_stage"),
            Categories = GetMember(details, "categories") is { ValueKind: JsonValueKind.Array } categories
                ? [.. categories.EnumerateArray().Select(category => GetText(category)).OfType<string>()]
                : [],
        };
    }

    /// <summary>With what Azure's content filter stopped: each kind of content has an object of its own, and where the image was stopped, the text says by which label.</summary>
    private ApiErrorBody WithFilter(JsonElement error)
    {
        var inner = GetMember(error, "innererror") ?? GetMember(error, "inner_error") ?? default;
        var results = GetMember(inner, "content_filter_results") ?? GetMember(inner, "content_filter_result");
        string[] found = results is { ValueKind: JsonValueKind.Object } kinds
            ? [.. kinds.EnumerateObject().Where(kind => IsTrue(kind.Value, "filtered") || IsTrue(kind.Value, "detected")).Select(kind => kind.Name)]
            : [];
        var label = BlockedOutput.Match(Message ?? "");
        return this with
        {
            ModerationStage = label.Success ? "output" : results is null ? null : "unknown",
            Categories = found is [] && label.Groups[1].Value is { Length: > 0 } name ? [name] : found,
        };
    }

    private static bool IsTrue(JsonElement parent, string name) => GetMember(parent, name) is { ValueKind: JsonValueKind.True };

    [GeneratedRegex("""^Response content blocked(?: by label ['"]?([\w/-]+))?""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex BlockedOutput { get; }
}

/// <summary>An event stream reported an error instead of an image.</summary>
internal sealed class ApiErrorEventException(ApiErrorBody error) : Exception(error.Code)
{
    public ApiErrorBody Error { get; } = error;
}
