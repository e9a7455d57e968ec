using GptImage2.Backends.Http;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>Reads the usage member of a response of the Images API (openapi.yaml 2.3.0, 2026-08).</summary>
internal static class OpenAIUsageReader
{
    /// <returns>Null when nothing usable is reported; some servers report zeros.</returns>
    public static TokenUsage? Read(JsonElement response) => LenientJson.GetMember(response, "usage") is { } usage ? ReadUsage(usage) : null;

    /// <param name="usage">An object of that shape, whatever its member is called.</param>
    /// <inheritdoc cref="Read"/>
    public static TokenUsage? ReadUsage(JsonElement usage)
    {
        var details = LenientJson.GetMember(usage, "input_tokens_details");
        var (input, image) = (ReadNumber(usage, "input_tokens"), ReadNumber(details, "image_tokens"));
        var text = details is null ? input : ReadNumber(details, "text_tokens");
        var counted = new TokenUsage(text ?? 0, image ?? 0, ReadNumber(usage, "output_tokens") ?? 0);
        return counted.Out > 0 ? counted : null;
    }

    /// <summary>What a request cost in USD, as OpenRouter reports it (its reference, 2026).</summary>
    public static decimal? ReadCost(JsonElement response) =>
        LenientJson.GetMember(response, "usage") is { } usage
        && decimal.TryParse(LenientJson.GetText(usage, "cost"), NumberStyles.Float, CultureInfo.InvariantCulture, out var usd) && usd >= 0
            ? usd
            : null;

    /// <returns>Null where it is missing, or no count.</returns>
    public static long? ReadNumber(JsonElement? parent, string name) =>
        parent is { } holder && LenientJson.GetMember(holder, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= 0 ? number : null;
}
