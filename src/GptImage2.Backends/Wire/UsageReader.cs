using System.Text.Json;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.Wire;

/// <summary>Reads the usage member of an answer of the Images API (openapi.yaml 2.3.0, 2026-08).</summary>
internal static class UsageReader
{
    /// <returns>Null when nothing usable is reported; some servers report zeros.</returns>
    public static TokenUsage? Read(JsonElement answer)
    {
        if (JsonText.Member(answer, "usage") is not { } usage)
        {
            return null;
        }

        var details = JsonText.Member(usage, "input_tokens_details");
        var (input, image) = (Number(usage, "input_tokens"), Number(details, "image_tokens"));
        var text = details is null ? input : Number(details, "text_tokens");
        var counted = new TokenUsage(text ?? 0, image ?? 0, Number(usage, "output_tokens") ?? 0);
        return counted.Out > 0 ? counted : null;
    }

    private static long? Number(JsonElement? parent, string name) =>
        parent is { } holder && JsonText.Member(holder, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= 0 ? number : null;
}
