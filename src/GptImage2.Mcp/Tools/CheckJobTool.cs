using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>The rest of a call that took longer than its client's patience.</summary>
internal sealed class CheckJobTool(JobScheduler jobs, MakerResults results) : ITool
{
    /// <summary>In seconds: what the most impatient clients wait for.</summary>
    private const int MostWait = 45;

    public Tool Define() => new()
    {
        Name = MakerResults.CheckJob,
        Title = "Check job",
        Description = "Waits for a job that a call left running, and returns its pictures. Free.",
        InputSchema = Schema.Object(
            new JsonObject
            {
                ["job"] = Schema.Text("Its id, job_…"),
                ["wait_seconds"] = Schema.Integer($"Default {MostWait}.", 0, MostWait),
                ["cancel"] = Schema.Flag("Give it up. What was sent is billed all the same, so it then goes on."),
            },
            "job").Closed(),
        OutputSchema = MakerResults.ShortOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    public async Task<ToolAnswer> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments.Deserialize(ToolJson.Default.JobArguments)!;
        var job = await jobs.FindAsync(call.Caller, arguments.Job!.Trim(), cancellationToken) ?? throw NoSuchJob(arguments.Job);
        var goesOn = arguments.Cancel is true && !jobs.Cancel(job);
        var patience = TimeSpan.FromSeconds(arguments.WaitSeconds ?? (goesOn ? 0 : MostWait));
        var view = await jobs.WaitAsync(job, patience, call.Observer, cancellationToken);
        return results.From(goesOn && !view.IsOver ? view with { Warnings = [.. view.Warnings, GoesOn] } : view, PictureView.Preview);
    }

    public ToolAnswer Explain(Failure failure) => MakerResults.Refused(failure);

    private const string GoesOn =
        "cancel: the job goes on, because its request was sent and is billed all the same, or because another server makes it; its picture will be in list_images. " +
        "A user who wants such jobs to be given up sets GPTIMAGE2_JOBS__ONCANCEL=abort.";

    private static ImageException NoSuchJob(string written) => new(new Failure
    {
        Code = FailureCode.NotFound,
        Message = $"job: expected the id of a job, as the result of a call gives it, but received {Violation.Quote(written)}. Pictures that were made are in list_images.",
        Retry = RetryAdvice.Changed,
        Argument = "job",
    });
}

/// <summary>The arguments of check_job.</summary>
internal sealed record JobArguments
{
    public string? Job { get; init; }

    public int? WaitSeconds { get; init; }

    public bool? Cancel { get; init; }
}
