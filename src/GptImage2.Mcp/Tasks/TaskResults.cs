using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Tasks;

/// <summary>What a call returns that became a task. The task is the job: same id, same life, no store of its own.</summary>
internal class CreateTaskResult : Result
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

    /// <summary>However far the job is by now, the task has only begun.</summary>
    public static CreateTaskResult FromJob(JobSnapshot job) => new()
    {
        ResultType = "task",
        TaskId = job.Id,
        Status = "working",
        StatusMessage = FormatStatus(job),
        CreatedAt = job.Started.UtcDateTime,
        LastUpdatedAt = job.Changed.UtcDateTime,
    };

    protected static string FormatStatus(JobSnapshot job) =>
        job is { IsOver: true, Failure: { } failure } ? FailureText.Format(failure) : ProgressText.Format(job);
}

/// <summary>A task as it stands.</summary>
internal sealed class GetTaskResult : CreateTaskResult
{
    /// <summary>What the call would have returned, once it would have; null while the job is not over, and where it was cancelled.</summary>
    [JsonPropertyName("result")]
    public JsonNode? CallResult { get; init; }

    /// <summary>A job that failed is a completed task: its result tells why. Failed tasks are those that broke the protocol.</summary>
    /// <param name="createResult">Called once the job is over.</param>
    public static GetTaskResult FromJob(JobSnapshot job, Func<JsonNode?> createResult)
    {
        var status = job switch
        {
            { IsOver: false } => "working",
            { Status: JobStatus.Cancelled } => "cancelled",
            _ => "completed",
        };
        return new GetTaskResult
        {
            ResultType = "complete",
            TaskId = job.Id,
            Status = status,
            StatusMessage = FormatStatus(job),
            CreatedAt = job.Started.UtcDateTime,
            LastUpdatedAt = job.Changed.UtcDateTime,
            CallResult = status is "completed" ? createResult() : null,
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateTaskResult))]
[JsonSerializable(typeof(GetTaskResult))]
internal sealed partial class TaskJsonContext : JsonSerializerContext;
