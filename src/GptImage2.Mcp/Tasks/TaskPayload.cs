using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tasks;

/// <summary>A job in the words of the tasks extension. The task is the job: same id, same life, no store of its own.</summary>
internal sealed class TaskPayload : Result
{
    private const string Complete = "complete";

    /// <summary>In milliseconds: pictures take 10 s to 2 min, and asking costs next to nothing.</summary>
    private const int PollInterval = 2000;

    public required string TaskId { get; init; }

    public required string Status { get; init; }

    public required string StatusMessage { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime LastUpdatedAt { get; init; }

    /// <summary>Always null, and said: the catalog forgets no job.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? TtlMs { get; init; }

    public int PollIntervalMs { get; init; } = PollInterval;

    /// <summary>What the call would have returned, once it would have.</summary>
    [JsonPropertyName("result")]
    public JsonNode? CallResult { get; init; }

    /// <summary>What a call returns that became a task, however far its job is by now.</summary>
    public static TaskPayload FromStartedJob(JobSnapshot view) => Create(view, "task", "working", null);

    /// <summary>The task as it stands.</summary>
    /// <param name="result">What the call would have returned; null while the job is not over.</param>
    public static TaskPayload FromJob(JobSnapshot view, JsonNode? result) => Create(view, Complete, MapStatus(view), IsCancelled(view) ? null : result);

    private static TaskPayload Create(JobSnapshot view, string type, string status, JsonNode? result) => new()
    {
        ResultType = type,
        TaskId = view.Id,
        Status = status,
        StatusMessage = view is { IsOver: true, Failure: { } failure } ? FailureText.Format(failure) : ProgressText.Format(view),
        CreatedAt = view.Started.UtcDateTime,
        LastUpdatedAt = view.Changed.UtcDateTime,
        CallResult = result,
    };

    /// <summary>A job that failed is a completed task: its result tells why. Failed tasks are those that broke the protocol.</summary>
    private static string MapStatus(JobSnapshot view) => view switch
    {
        { IsOver: false } => "working",
        _ when IsCancelled(view) => "cancelled",
        _ => "completed",
    };

    private static bool IsCancelled(JobSnapshot view) => view.Status is JobStatus.Cancelled;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskPayload))]
internal sealed partial class TaskJsonContext : JsonSerializerContext;
