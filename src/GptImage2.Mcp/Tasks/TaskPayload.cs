using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Tasks;

/// <summary>A call that became a task, or a task as it stands. The task is the job: same id, same life, no store of its own.</summary>
internal sealed class TaskPayload : Result
{
    public required string TaskId { get; init; }

    public required string Status { get; init; }

    public required string StatusMessage { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime LastUpdatedAt { get; init; }

    /// <summary>Always null, and written: the catalog forgets no job.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? TtlMs { get; init; }

    /// <summary>In milliseconds: images take 10 s to 2 min, and polling costs next to nothing.</summary>
    public int PollIntervalMs { get; init; } = 2000;

    /// <summary>What the call would have returned, once it would have; null while the job is not over, and where it was cancelled.</summary>
    [JsonPropertyName("result")]
    public JsonNode? CallResult { get; init; }

    /// <summary>What a call returns that became a task: however far the job is by now, the task has only begun.</summary>
    public static TaskPayload FromCall(JobSnapshot job) => Create("task", job, "working", null);

    /// <summary>A job that failed is a completed task: its result tells why. Failed tasks are those that broke the protocol.</summary>
    /// <param name="createResult">Called once the job is over.</param>
    public static TaskPayload FromJob(JobSnapshot job, Func<JsonNode?> createResult) => job switch
    {
        { IsOver: false } => Create("complete", job, "working", null),
        { Status: JobStatus.Cancelled } => Create("complete", job, "cancelled", null),
        _ => Create("complete", job, "completed", createResult()),
    };

    private static TaskPayload Create(string type, JobSnapshot job, string status, JsonNode? callResult) => new()
    {
        ResultType = type,
        TaskId = job.Id,
        Status = status,
        StatusMessage = job is { IsOver: true, Failure: { } failure } ? FailureText.Format(failure) : ProgressText.Format(job),
        CreatedAt = job.Started.UtcDateTime,
        LastUpdatedAt = job.Changed.UtcDateTime,
        CallResult = callResult,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskPayload))]
internal sealed partial class TaskJsonContext : JsonSerializerContext;
