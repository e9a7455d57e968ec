using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Jobs;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Apps.Actions;

/// <summary>The page's view of jobs. A result that a page has read is not delivered: the model may still ask for it.</summary>
internal sealed class JobActions(JobScheduler scheduler, JobQueries jobs, JobFinder finder, JobResultBuilder results, TimeProvider clock)
{
    /// <summary>A page notices notes of its own: what it has read, the model has not.</summary>
    private const string PageSession = "/page";

    public async Task<ToolResponse> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        JobList.Create(await jobs.ListAsync(caller, JobFinder.MaxListed, cancellationToken), clock.GetUtcNow(), preface: null);

    /// <exception cref="ImageException">The caller has no such job.</exception>
    public async Task<ToolResponse> LookAsync(CallerSession session, string job, CancellationToken cancellationToken)
    {
        var handle = await finder.FindAsync(session.Caller, job, cancellationToken);
        return CreateResponse(session, await handle.GetSnapshotAsync(cancellationToken), preface: null);
    }

    /// <exception cref="ImageException">The caller has no such job.</exception>
    public async Task<ToolResponse> CancelAsync(CallerSession session, string job, CancellationToken cancellationToken)
    {
        var handle = await finder.FindAsync(session.Caller, job, cancellationToken);
        var cancellation = await scheduler.CancelAsync(handle, cancellationToken);
        var snapshot = await handle.GetSnapshotAsync(cancellationToken);
        return CreateResponse(session, snapshot, CancellationText.Format(cancellation, snapshot));
    }

    private ToolResponse CreateResponse(CallerSession session, JobSnapshot job, string? preface)
    {
        var response = results.FromJob(session with { Id = session.Id + PageSession }, job, ImageViewMode.None, preface);
        response.Structured!["doing"] = ProgressText.Format(job);
        response.Structured["progress"] = job.Progress;
        response.Structured["elapsed_s"] = Math.Round(job.Elapsed.TotalSeconds, 1);
        response.Structured["remaining_s"] = job.Remaining is { } left ? Math.Round(left.TotalSeconds, 1) : null;
        response.Structured["count"] = job.Summary.Board?.ToDraw ?? job.Summary.Count;
        response.Structured["ready"] = (job.Summary.Board is null ? job.Images.Select(image => image.Record.Id) : job.Panels.Where(panel => panel.State is PanelState.Drawn).Select(panel => panel.Image!)).ToJsonArray();
        return response with { IsError = false, Job = null, Blocks = [] };
    }
}
