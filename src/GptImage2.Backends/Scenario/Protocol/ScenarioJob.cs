using GptImage2.Backends.Http;
using static GptImage2.Backends.Http.LenientJson;

namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>A job as Scenario reports it. A status that is not known counts as running.</summary>
/// <param name="Progress">0 to 1.</param>
/// <param name="Error">Scenario's own words, or null.</param>
/// <param name="Cost">In creative units; null where it does not say.</param>
/// <param name="IsRefunded">Whether a failure costs nothing.</param>
internal sealed record ScenarioJob(string Id, string Status, double Progress, IReadOnlyList<string> AssetIds, string? Error, decimal? Cost, bool IsRefunded)
{
    public JsonElement? Input { get; init; }

    public string? ModelId { get; init; }

    public DateTimeOffset? Created { get; init; }

    public bool Succeeded => Status is "success";

    public bool IsOver => Status is "success" or "failure" or "failed" or "canceled" or "cancelled";

    public bool IsCancelled => Status is "canceled" or "cancelled";

    /// <param name="answer">An answer with a member job.</param>
    /// <exception cref="MalformedResponseException">It has no job, or one without an id.</exception>
    public static ScenarioJob Read(JsonElement answer) =>
        GetMember(answer, "job") is { } job && TryRead(job) is { } read ? read : throw new MalformedResponseException("names no job");

    /// <returns>Null without an id.</returns>
    public static ScenarioJob? TryRead(JsonElement job)
    {
        var metadata = GetMember(job, "metadata") ?? default;
        var billing = GetMember(job, "billing") ?? default;
        return GetText(job, "jobId") is not { Length: > 0 } id ? null : new ScenarioJob(
            id,
            GetText(job, "status")?.ToLowerInvariant() ?? "",
            ReadNumber(job, "progress") is { } progress ? Math.Clamp((double)progress, 0, 1) : 0,
            GetMember(metadata, "assetIds") is { ValueKind: JsonValueKind.Array } assets ? [.. assets.EnumerateArray().Select(asset => GetText(asset)).OfType<string>()] : [],
            GetText(metadata, "error") ?? GetText(job, "error") ?? GetText(metadata, "hint"),
            ReadNumber(billing, "cuCost"),
            GetMember(billing, "disableRefund") is not { ValueKind: JsonValueKind.True })
        {
            Input = GetMember(metadata, "input"),
            ModelId = GetText(metadata, "modelId") ?? GetText(job, "modelId"),
            Created = DateTimeOffset.TryParse(GetText(job, "createdAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) ? created : null,
        };
    }

    /// <summary>Whether it was started with that input: the service may add what was not said.</summary>
    public bool Matches(string modelId, JsonElement input) =>
        (ModelId is null || ModelId == modelId)
        && Input is { ValueKind: JsonValueKind.Object } own
        && input.EnumerateObject().All(member => own.TryGetProperty(member.Name, out var value) && JsonElement.DeepEquals(member.Value, value));

    private static decimal? ReadNumber(JsonElement parent, string name) =>
        decimal.TryParse(GetText(parent, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
