using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>The rest of a call that took longer than its client's patience.</summary>
internal sealed class CheckJobTool(JobScheduler scheduler, JobQueries jobs, JobResultBuilder results) : ITool
{
    /// <summary>In seconds: what the most impatient clients wait for.</summary>
    private const int MaxWaitSeconds = 45;

    public Tool GetDefinition() => new()
    {
        Name = JobResultBuilder.CheckJobTool,
        Title = "Check job",
        Description = "Waits for a job that a call left running, and returns its pictures. Free.",
        InputSchema = SchemaBuilder.Object(
            new JsonObject
            {
                ["job"] = SchemaBuilder.Text("Its id, job_…"),
                ["wait_seconds"] = SchemaBuilder.Integer($"Default {MaxWaitSeconds}.", 0, MaxWaitSeconds),
                ["cancel"] = SchemaBuilder.Flag("Give it up. What was sent is billed all the same, so it then goes on."),
            },
            "job").CloseToElement(),
        OutputSchema = JobResultBuilder.CreateShortOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    public async Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments.Deserialize(ToolJsonContext.Default.CheckJobArguments)!;
        var job = await jobs.FindAsync(call.Caller, arguments.Job!.Trim(), cancellationToken) ?? throw CreateNotFoundError(arguments.Job);
        var goesOn = arguments.Cancel is true && !scheduler.Cancel(job);
        var patience = TimeSpan.FromSeconds(arguments.WaitSeconds ?? (goesOn ? 0 : MaxWaitSeconds));
        var view = await jobs.WaitAsync(job, patience, call.Progress, cancellationToken);
        return results.FromJob(goesOn && !view.IsOver ? view with { Warnings = [.. view.Warnings, JobContinuesNote] } : view, ImageViewMode.Preview);
    }

    public ToolResponse CreateErrorResponse(Failure failure) => JobResultBuilder.FromFailure(failure);

    private const string JobContinuesNote =
        "cancel: the job goes on, because its request was sent and is billed all the same, or because another server makes it; its picture will be in list_images. " +
        "A user who wants such jobs to be given up sets GPTIMAGE2_JOBS__ONCANCEL=abort.";

    private static ImageException CreateNotFoundError(string written) => new(new Failure
    {
        Code = FailureCode.NotFound,
        Message = $"job: expected the id of a job, as the result of a call gives it, but received {Violation.Quote(written)}. Pictures that were made are in list_images.",
        Retry = RetryAdvice.Changed,
        Argument = "job",
    });
}

/// <summary>The arguments of check_job.</summary>
internal sealed record CheckJobArguments
{
    public string? Job { get; init; }

    public int? WaitSeconds { get; init; }

    public bool? Cancel { get; init; }
}
