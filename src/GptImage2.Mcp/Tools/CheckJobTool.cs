using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>The result of a call that took longer than its client waits.</summary>
internal sealed class CheckJobTool(JobScheduler scheduler, JobQueries jobs, JobResultBuilder results)
    : Tool<CheckJobArguments>(ToolJsonContext.Default.CheckJobArguments)
{
    /// <summary>In seconds: what the least patient clients wait for.</summary>
    private const int MaxWaitSeconds = 45;

    private const string JobContinuesNote =
        "cancel: the job continues, because its request was already sent and is billed anyway, or because another server runs it; its image will be in list_images. " +
        "A user who wants such jobs to be aborted sets GPTIMAGE2_JOBS__ONCANCEL=abort.";

    public override Tool GetDefinition() => new()
    {
        Name = JobResultBuilder.CheckJobTool,
        Title = "Check job",
        Description = "Waits for a job that a call left running, and returns its images. Free.",
        InputSchema = SchemaBuilder.Object(
            new JsonObject
            {
                ["job"] = SchemaBuilder.Text("Its id, job_…"),
                ["wait_seconds"] = SchemaBuilder.Integer($"Default {MaxWaitSeconds}.", 0, MaxWaitSeconds),
                ["cancel"] = SchemaBuilder.Flag("Cancel. A request that was already sent is billed anyway and keeps running."),
            },
            "job").CloseToElement(),
        OutputSchema = JobResultBuilder.CreateShortOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    public override ToolResponse CreateErrorResponse(Failure failure) => JobResultBuilder.FromFailure(failure);

    protected override async Task<ToolResponse> InvokeAsync(CheckJobArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var job = await jobs.FindAsync(call.Caller, arguments.Job!.Trim(), cancellationToken) ?? throw CreateNotFoundError(arguments.Job);
        var continues = arguments.Cancel is true && !scheduler.Cancel(job);
        var wait = TimeSpan.FromSeconds(arguments.WaitSeconds ?? (continues ? 0 : MaxWaitSeconds));
        var snapshot = await jobs.WaitAsync(job, wait, call.Progress, cancellationToken);
        return results.FromJob(
            call.Session,
            continues && !snapshot.IsOver ? snapshot with { Warnings = [.. snapshot.Warnings, JobContinuesNote] } : snapshot,
            ImageViewMode.Preview);
    }

    private static ImageException CreateNotFoundError(string written) => new(new Failure
    {
        Code = FailureCode.NotFound,
        Message = $"job: expected the id of a job, as the result of a call gives it, but received {Violation.Quote(written)}. Images that were made are in list_images.",
        Retry = RetryAdvice.Changed,
        Argument = "job",
    });
}

/// <summary>The arguments of check_job.</summary>
internal sealed record CheckJobArguments(string? Job, int? WaitSeconds, bool? Cancel);
