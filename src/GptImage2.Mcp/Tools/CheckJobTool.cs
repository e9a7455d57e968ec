using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Mcp.Jobs;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>The result of a call that took longer than its client waits, or the list of all such calls.</summary>
internal sealed class CheckJobTool(JobScheduler scheduler, JobQueries jobs, JobFinder finder, JobResultBuilder results, TimeProvider clock)
    : Tool<CheckJobArguments>(ToolJsonContext.Default.CheckJobArguments)
{
    /// <summary>In seconds: what the least patient clients wait for.</summary>
    private const int MaxWaitSeconds = 45;

    public override Tool GetDefinition() => new()
    {
        Name = JobResultBuilder.CheckJobTool,
        Title = "Check job",
        Description = "Waits for a job that a call left running, and returns its images. Free.",
        InputSchema = SchemaBuilder.Object(
            new JsonObject
            {
                ["job"] = SchemaBuilder.Text("Its id, or last. Omit to list the jobs."),
                ["wait_seconds"] = SchemaBuilder.Integer($"Default and at most {MaxWaitSeconds}.", 0, MaxWaitSeconds),
                ["cancel"] = SchemaBuilder.Flag("Cancel it; what was already sent is billed anyway."),
            }).CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    public override ToolResponse CreateErrorResponse(Failure failure) => JobResultBuilder.FromFailure(failure);

    protected override AccessRight? FindRequiredRight(CheckJobArguments arguments) => arguments.Cancel is true ? AccessRight.Write : AccessRight.Read;

    protected override Task<ToolResponse> InvokeAsync(CheckJobArguments arguments, ToolCall call, CancellationToken cancellationToken) => arguments switch
    {
        { Cancel: true } => CancelAsync(arguments, call, cancellationToken),
        { Job: { } written } => LookAsync(written, arguments.WaitSeconds, call, cancellationToken),
        _ => ListAsync(call, preface: null, cancellationToken),
    };

    private async Task<ToolResponse> LookAsync(string written, int? waitSeconds, ToolCall call, CancellationToken cancellationToken)
    {
        var job = await finder.FindAsync(call.Caller, written, cancellationToken);
        var snapshot = await WaitAsync(job, waitSeconds ?? MaxWaitSeconds, call, cancellationToken);
        return ToResponse(call, snapshot, preface: null, isError: snapshot.Status is JobStatus.Cancelled ? false : null);
    }

    /// <summary>Without an id, only where it is certain which job is meant.</summary>
    private async Task<ToolResponse> CancelAsync(CheckJobArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var job = arguments.Job is { } written && !JobFinder.IsLast(written)
            ? await finder.FindAsync(call.Caller, written, cancellationToken)
            : await finder.FindRunningAsync(call.Caller, cancellationToken);
        if (job is null)
        {
            return await ListAsync(call, "Nothing to cancel.", cancellationToken);
        }

        var cancellation = await scheduler.CancelAsync(job, cancellationToken);
        var snapshot = await WaitAsync(job, arguments.WaitSeconds ?? 0, call, cancellationToken);
        return ToResponse(call, snapshot, CancellationText.Format(cancellation, snapshot), isError: false);
    }

    private async Task<ToolResponse> ListAsync(ToolCall call, string? preface, CancellationToken cancellationToken) =>
        JobList.Create(await jobs.ListAsync(call.Caller, JobFinder.MaxListed, cancellationToken), clock.GetUtcNow(), preface);

    private Task<JobSnapshot> WaitAsync(JobHandle job, int seconds, ToolCall call, CancellationToken cancellationToken) =>
        jobs.WaitAsync(job, TimeSpan.FromSeconds(seconds), call.Progress, cancellationToken);

    private ToolResponse ToResponse(ToolCall call, JobSnapshot job, string? preface, bool? isError)
    {
        var response = results.FromJob(call.Session, job, ImageViewMode.Preview, preface);
        return response with { IsError = isError ?? response.IsError };
    }
}

/// <summary>The arguments of check_job.</summary>
internal sealed record CheckJobArguments(string? Job, int? WaitSeconds, bool? Cancel);
