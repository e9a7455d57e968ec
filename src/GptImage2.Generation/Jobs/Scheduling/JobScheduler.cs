using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>Starts jobs, joins duplicates to them, cancels and drains them. Nothing else starts one.</summary>
public sealed partial class JobScheduler(
    IJobStore jobs,
    JobStateWriter state,
    LocalJobs local,
    JobQueries queries,
    IJobRunner runner,
    JobRecovery recovery,
    SpendingCaps caps,
    JobOptions options,
    TimeProvider clock,
    ILogger<JobScheduler> logger)
{
    /// <summary>How long a finished job waits for a caller that comes back for its images.</summary>
    private static readonly TimeSpan JoinWindow = TimeSpan.FromMinutes(15);

    /// <summary>Longer than any job takes to end, shorter than anybody waits to hear that it does.</summary>
    private static readonly TimeSpan MaxCancelWait = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Starts the plan, or joins its duplicate: a job with the same deduplication key that is running in any process, or that
    /// ended recently without its result having been collected before this call arrived: two calls that are under way at once are
    /// answered with one job, even where the first one's result leaves as the second is read. A failure that cost nothing is not joined.
    /// </summary>
    /// <param name="fresh">Never join.</param>
    /// <param name="receivedAt">When the call arrived.</param>
    /// <param name="id">What the job is to be called; null for an id of its own.</param>
    /// <exception cref="ImageException">It may cost more than is left of the day, or the catalog cannot record it. Nothing was sent.</exception>
    public async Task<JobHandle> StartOrJoinAsync(JobPlan plan, bool fresh, DateTimeOffset receivedAt, CancellationToken cancellationToken, string? id = null)
    {
        local.DiscardEnded(before: clock.GetUtcNow() - JoinWindow);
        while (true)
        {
            var (job, start) = await TryStartAsync(plan, fresh, receivedAt, id, cancellationToken);
            switch (start)
            {
                case JobStartResult.Started:
                    job.Work = Task.Run(() => runner.RunAsync(job, local.Stopping), CancellationToken.None);
                    return job;
                case JobStartResult.Joined { Duplicate: var duplicate } when recovery.IsOrphaned(duplicate):
                    // What a crash left of it may be all that is wanted.
                    await recovery.RecoverJobAsync(duplicate);
                    break;
                case JobStartResult.Joined { Duplicate: var duplicate }
                    when local.Find(duplicate.Id) is { Snapshot.Sent: false, Cancellation.IsCancellationRequested: true } cancelled:
                    // Cancelled by another caller; wait until it is gone, then start a new job.
                    await cancelled.Work;
                    break;
                case JobStartResult.Joined { Duplicate: var duplicate }:
                    LogJoined(duplicate.Id);
                    JobTelemetry.LinkCall(local.Find(duplicate.Id));
                    return queries.GetHandle(duplicate);
                case JobStartResult.Refused { Excess: var excess }:
                    throw new ImageException(caps.DailyCapExceeded(plan.Caller, plan.Price, excess, clock.GetUtcNow()));
            }
        }
    }

    /// <summary>Cancels a job of this process, where that still saves anything or the user has chosen so, and waits for its end, which comes at once.</summary>
    public async Task<JobCancellation> CancelAsync(JobHandle handle, CancellationToken cancellationToken)
    {
        if (handle is not Job job)
        {
            return (await handle.GetSnapshotAsync(cancellationToken)).IsOver ? JobCancellation.AlreadyOver : JobCancellation.RunsElsewhere;
        }

        if (!job.TryCancel(options.AbortOnCancel))
        {
            return job.Snapshot.IsOver ? JobCancellation.AlreadyOver : JobCancellation.TooLate;
        }

        await Task.WhenAny(job.Work, Task.Delay(MaxCancelWait, clock, cancellationToken));
        return JobCancellation.Cancelled;
    }

    /// <summary>Some call has returned this job's images, so the same request, if it arrives after that moment, is a new one.</summary>
    /// <param name="sentAt">When they set out to their caller.</param>
    public async Task MarkCollectedAsync(string id, DateTimeOffset sentAt)
    {
        try
        {
            await jobs.MarkCollectedAsync(id, sentAt, CancellationToken.None);
        }
        catch (ImageException failure)
        {
            // At worst the same request receives the same images once more.
            LogNotCollected(failure, id);
        }
    }

    /// <summary>The caller to whom this job's images were sent had cancelled the call and knows nothing of them, so the same request joins the job again.</summary>
    public async Task MarkUncollectedAsync(string id)
    {
        try
        {
            await jobs.MarkUncollectedAsync(id, CancellationToken.None);
        }
        catch (ImageException failure)
        {
            LogNotUncollected(failure, id);
        }
    }

    /// <summary>The process is about to end: from now on calls that end with it do not count as cancelled, and what was sent is waited for.</summary>
    public void BeginShutdown() => local.BeginShutdown();

    /// <summary>Waits for running jobs, at most the grace period; what still runs then is interrupted.</summary>
    public async Task DrainAsync(TimeSpan grace)
    {
        await Task.WhenAny(Task.WhenAll(local.UnfinishedWork), Task.Delay(grace, clock));
        await local.InterruptAsync();
        await Task.WhenAll(local.UnfinishedWork);
    }

    private async Task<(Job Job, JobStartResult Start)> TryStartAsync(JobPlan plan, bool fresh, DateTimeOffset receivedAt, string? id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var job = local.Create(plan, new JobSnapshot
        {
            Id = id ?? IdGenerator.CreateJobId(),
            Summary = JobSummary.FromPlan(plan),
            Started = now,
            Changed = now,
            Warnings = plan.Warnings,
        });

        // Known here before its row can be found, so that it is never taken for an orphan.
        local.Add(job);
        JobStartResult? start = null;
        try
        {
            start = await state.TryStartAsync(job, new JobStartConditions(fresh, receivedAt, now - JoinWindow, caps.Daily), cancellationToken);
            return (job, start);
        }
        finally
        {
            if (start is not JobStartResult.Started)
            {
                local.Discard(job);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Job} joined by the same request")]
    private partial void LogJoined(string job);

    [LoggerMessage(LogLevel.Warning, "Job {Job} could not be marked as collected")]
    private partial void LogNotCollected(Exception failure, string job);

    [LoggerMessage(LogLevel.Warning, "Job {Job} stays collected, though its caller had cancelled the call")]
    private partial void LogNotUncollected(Exception failure, string job);
}

/// <summary>What became of a wish to cancel a job.</summary>
public enum JobCancellation
{
    Cancelled,

    /// <summary>It had ended before.</summary>
    AlreadyOver,

    /// <summary>It was sent, is billed all the same, and goes on.</summary>
    TooLate,

    /// <summary>Another process runs it, and only that one can cancel it.</summary>
    RunsElsewhere,
}
