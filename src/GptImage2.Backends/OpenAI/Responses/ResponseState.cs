using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Rendering;
using static GptImage2.Backends.Http.LenientJson;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>A response without its image (openai-node 7.59.0, 2026-11). A status that is not known counts as running.</summary>
/// <param name="Status">queued, in_progress, completed, failed, incomplete or cancelled.</param>
/// <param name="Error">Of the response, or else of its image call; null where neither names one.</param>
/// <param name="IncompleteReason">Why it stopped early.</param>
/// <param name="Words">What the language model wrote in place of an image, or why it refused.</param>
/// <param name="Usage">Tokens of both models; null where either is not reported.</param>
/// <param name="Counted">Whether any tokens were counted, so that it was billed.</param>
internal sealed record ResponseState(string Status, ApiErrorBody? Error, string? IncompleteReason, string? Words, TokenUsage? Usage, bool Counted)
{
    /// <summary>Whether the language model itself refused.</summary>
    public bool IsRefusal { get; init; }

    public bool IsOver => Status is "completed" or "failed" or "incomplete" or "cancelled";

    /// <exception cref="MalformedResponseException">This is no response.</exception>
    public static ResponseState Read(JsonElement response)
    {
        JsonElement[] output = GetMember(response, "output") is { ValueKind: JsonValueKind.Array } items ? [.. items.EnumerateArray()] : [];
        JsonElement[] contents = [.. output
            .Where(item => GetText(item, "type") is "message")
            .SelectMany(message => GetMember(message, "content") is { ValueKind: JsonValueKind.Array } parts ? parts.EnumerateArray() : Enumerable.Empty<JsonElement>())];
        var refusal = contents.Select(content => GetText(content, "refusal")).FirstOrDefault(text => text is { Length: > 0 });
        return new ResponseState(
            GetText(response, "status") ?? throw new MalformedResponseException("has no status"),
            ReadError(response) ?? output.Where(item => GetText(item, "type") is "image_generation_call").Select(ReadError).FirstOrDefault(error => error is not null),
            GetMember(response, "incomplete_details") is { } details ? GetText(details, "reason") : null,
            refusal ?? contents.Select(content => GetText(content, "text")).FirstOrDefault(text => text is { Length: > 0 }),
            ReadUsage(response),
            ReadCarrierUsage(response) is { In: > 0 } or { Out: > 0 } || ReadImageUsage(response) is not null)
        {
            IsRefusal = refusal is not null,
        };
    }

    private static ApiErrorBody? ReadError(JsonElement holder) => GetMember(holder, "error") is not null ? ApiErrorBody.From(holder) : null;

    /// <summary>The two are counted apart, each at its own price. Calls without a record are left out of the tool's usage, so zero means unknown.</summary>
    private static TokenUsage? ReadUsage(JsonElement response) =>
        ReadCarrierUsage(response) is { } carrier && ReadImageUsage(response) is { } image ? image with { Carrier = carrier } : null;

    private static TokenUsage? ReadImageUsage(JsonElement response) =>
        GetMember(response, "tool_usage") is { } tools && GetMember(tools, "image_gen") is { } image ? OpenAIUsageReader.ReadUsage(image) : null;

    private static CarrierUsage? ReadCarrierUsage(JsonElement response) =>
        GetMember(response, "usage") is { } usage && OpenAIUsageReader.ReadNumber(usage, "input_tokens") is { } read && OpenAIUsageReader.ReadNumber(usage, "output_tokens") is { } written
            ? new CarrierUsage(read, written)
            : null;
}
