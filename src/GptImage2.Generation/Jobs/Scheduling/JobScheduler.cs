using System.Collections.Concurrent;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>All jobs that can be asked for: those of this process, and through the catalog those of others. Nothing else starts one.</summary>
public sealed partial class JobScheduler(
    IJobStore jobs,
    IImageCatalog catalog,
    JobStateWriter book,
    JobRunner runner,
    ServerInstanceRegistry processes,
    SpendingCaps caps,
    IJobRecovery repair,
    JobPlanSerializer plans,
    JobOptions options,
    TimeProvider clock,
    ILogger<JobScheduler> logger) : IDisposable
{
    /// <summary>How long a finished job waits for a caller that comes back for its pictures.</summary>
    private static readonly TimeSpan JoinWindow = TimeSpan.FromMinutes(15);

    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _shuttingDown;
    private readonly ConcurrentDictionary<string, (Job Job, Task Work)> _local = new(StringComparer.Ordinal);

    /// <summary>Whether any job of this process has not ended.</summary>
    public bool IsBusy => GetUnfinishedWork() is not [];

    /// <summary>The jobs that this process makes, or made lately.</summary>
    internal IReadOnlyList<JobSnapshot> LocalJobs => [.. _local.Values.Select(entry => entry.Job.Snapshot)];

    /// <summary>
    /// Starts the plan, or joins its twin: a job with the same fingerprint that is running in any process, or that ended
    /// lately without any call having returned what came of it. A failure that cost nothing needs no telling.
    /// </summary>
    /// <param name="fresh">Never join.</param>
    /// <param name="body">What making means; it runs under the job's own token, never a caller's.</param>
    /// <exception cref="ImageException">It may cost more than is left of the day, or the catalog cannot remember it. Nothing was sent.</exception>
    public async Task<JobHandle> StartOrJoinAsync(JobPlan plan, bool fresh, Func<Job, CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        RemoveExpired();
        while (true)
        {
            var (job, start) = await TryStartAsync(plan, fresh, cancellationToken);
            switch (start)
            {
                case JobStartResult.Started:
                    job.OnChanged = book.Enqueue;
                    _local[job.Id] = (job, Task.Run(() => runner.RunAsync(job, body, _stopping.Token), CancellationToken.None));
                    return job;
                case JobStartResult.Joined { Duplicate: var twin } when IsOrphaned(twin):
                    // What a crash left of it may be all that is wanted.
                    await repair.RecoverJobAsync(twin);
                    break;
                case JobStartResult.Joined { Duplicate: var twin } when _local.TryGetValue(twin.Id, out var dropped) && dropped.Job is { Snapshot.Sent: false, Cancellation.IsCancellationRequested: true }:
                    // Whoever dropped it was not this caller.
                    await dropped.Work;
                    break;
                case JobStartResult.Joined { Duplicate: var twin }:
                    LogJoined(twin.Id);
                    return GetHandle(twin);
                case JobStartResult.Refused { Spent: var spent }:
                    throw new ImageException(caps.DailyCapExceeded(plan.Price, spent, clock.GetUtcNow()));
            }
        }
    }

    /// <summary>Why a call at this price would pass what may be spent today, or null.</summary>
    public async Task<Failure?> CheckDailyCapAsync(Price price, CancellationToken cancellationToken)
    {
        if (price.Unit is CostUnit.None || caps.DailyCapMicroUsd is not { } cap)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var spent = (await jobs.ListLedgerAsync(DateOnly.FromDateTime(now.UtcDateTime), cancellationToken)).Sum(entry => entry.Counted);
        return spent + (price.Ceiling is { } ceiling ? MicroUsd.FromUsd(ceiling) : 0) > cap ? caps.DailyCapExceeded(price, spent, now) : null;
    }

    /// <returns>The job, or null when the caller has none such.</returns>
    public async Task<JobHandle?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        _local.TryGetValue(id, out var here) && here.Job.Snapshot.Summary.Owner == caller.Owner ? here.Job
        : await jobs.FindJobAsync(caller.Owner, id, cancellationToken) is { } row ? GetHandle(row)
        : null;

    /// <summary>The ids of the caller's jobs, newest first.</summary>
    public async Task<IReadOnlyList<string>> ListIdsAsync(Caller caller, int limit, CancellationToken cancellationToken) =>
        [.. (await jobs.ListJobsAsync(caller.Owner, limit, cancellationToken)).Select(row => row.Id)];

    /// <summary>Waits as long as patience lasts; a job that is not over then says what similar ones took.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up. A job that was not sent, and that nobody else waits for, is dropped and costs nothing.</exception>
    public async Task<JobSnapshot> WaitAsync(JobHandle job, TimeSpan patience, IProgress<JobSnapshot> observer, CancellationToken cancellationToken)
    {
        try
        {
            var view = await job.WaitAsync(patience, options.Heartbeat, observer, cancellationToken);
            return view.IsOver ? view : view with { TypicalDuration = await GetTypicalDurationAsync(view.Summary.Kind, cancellationToken) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && job is Job { WaiterCount: 0 } mine && (!mine.Snapshot.Sent || (options.AbortOnCancel && !_shuttingDown)))
        {
            mine.Cancel();
            throw;
        }
    }

    /// <summary>Cancels a job of this process, if that still saves anything or the user wants it so.</summary>
    /// <returns>Whether it was cancelled; false when it goes on, because it is billed all the same or another process makes it.</returns>
    public bool Cancel(JobHandle job)
    {
        if (job is not Job mine || mine.Snapshot.IsOver || (mine.Snapshot.MayBeBilled && !options.AbortOnCancel))
        {
            return false;
        }

        mine.Cancel();
        return true;
    }

    /// <summary>Some call has returned this job's pictures to whoever asked, so the same request again is a new one.</summary>
    public async Task MarkCollectedAsync(string id)
    {
        try
        {
            await jobs.MarkCollectedAsync(id, CancellationToken.None);
        }
        catch (ImageException failure)
        {
            // At worst the same request is given the same pictures once more.
            LogUncollected(failure, id);
        }
    }

    /// <summary>Brings to an end what processes that died have left.</summary>
    public async Task RecoverOrphansAsync(CancellationToken cancellationToken)
    {
        foreach (var row in (await jobs.ListUnfinishedAsync(cancellationToken)).Where(IsOrphaned))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await repair.RecoverJobAsync(row);
        }
    }

    /// <summary>The process is told to end: calls that end with it were not cancelled by anybody, and what was sent is waited for.</summary>
    public void Leave() => _shuttingDown = true;

    /// <summary>Waits for running jobs, at most as long as the grace; what is left then is interrupted.</summary>
    public async Task DrainAsync(TimeSpan grace)
    {
        var work = Task.WhenAll(GetUnfinishedWork());
        await Task.WhenAny(work, Task.Delay(grace, clock));
        await _stopping.CancelAsync();
        await Task.WhenAll(GetUnfinishedWork());
    }

    public void Dispose() => _stopping.Dispose();

    private async Task<(Job Job, JobStartResult Start)> TryStartAsync(JobPlan plan, bool fresh, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var order = JobSummary.FromPlan(plan);
        var job = new Job(plan, new JobSnapshot { Id = IdGenerator.CreateJobId(), Summary = order, Started = now, Changed = now, Warnings = plan.Warnings }, clock);
        try
        {
            var row = new JobRecord
            {
                Id = job.Id,
                Owner = order.Owner,
                DeduplicationKey = JobDeduplicationKey.Compute(plan),
                InstanceId = processes.CurrentId,
                Started = now,
                Kind = order.Kind,
                State = JobSnapshotDto.Serialize(job.Snapshot),
                Plan = await plans.SerializeAsync(plan, cancellationToken),
                Cost = CreateReservation(plan, DateOnly.FromDateTime(now.UtcDateTime)),
            };

            // Before anybody can find the row, so that nobody takes it for one that nobody makes.
            _local[job.Id] = (job, Task.CompletedTask);
            var start = await jobs.TryStartAsync(row, new JobStartConditions(fresh, now - JoinWindow, caps.DailyCapMicroUsd), CancellationToken.None);
            Leave(start is JobStartResult.Started ? null : job);
            return (job, start);
        }
        catch (ImageException failure)
        {
            Leave(job);
            throw JobErrors.NotStarted(failure);
        }
    }

    private void Leave(Job? job)
    {
        if (job is not null)
        {
            _local.TryRemove(job.Id, out _);
            job.Dispose();
        }
    }

    /// <summary>Whether a job has not ended and nobody makes it any more.</summary>
    private bool IsOrphaned(JobRecord row) => row.Ended is null && !_local.ContainsKey(row.Id) && (row.InstanceId == processes.CurrentId || !processes.IsAlive(row.InstanceId));

    private static LedgerEntry? CreateReservation(JobPlan plan, DateOnly day) => plan.Price.Unit is CostUnit.None ? null : new LedgerEntry
    {
        Day = day,
        Tool = plan.Tool,
        Model = plan.Validated.Profile.Model,
        Reserved = plan.Price.Ceiling is { } ceiling ? MicroUsd.FromUsd(ceiling) : null,
    };

    private JobHandle GetHandle(JobRecord row) => _local.TryGetValue(row.Id, out var here)
        ? here.Job
        : new RemoteJob(row, jobs, catalog, IsOrphaned, repair.RecoverJobAsync, clock);

    private async Task<TimeSpan?> GetTypicalDurationAsync(string kind, CancellationToken cancellationToken)
    {
        const int Few = 15;
        var lately = await jobs.ListDurationsAsync(kind, Few, cancellationToken);
        return lately is [] ? null : lately.Order().ElementAt(lately.Count / 2);
    }

    private Task[] GetUnfinishedWork() => [.. _local.Values.Select(entry => entry.Work).Where(work => !work.IsCompleted)];

    /// <summary>What has ended is in the catalog; it stays here as long as somebody may come back for what only this process has.</summary>
    private void RemoveExpired()
    {
        foreach (var (id, entry) in _local.Where(entry => entry.Value.Work.IsCompleted && clock.GetUtcNow() - entry.Value.Job.Snapshot.Changed > JoinWindow).ToArray())
        {
            _local.TryRemove(id, out _);
            entry.Job.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Job} joined by the same request")]
    private partial void LogJoined(string job);

    [LoggerMessage(LogLevel.Warning, "Job {Job} could not be marked as collected")]
    private partial void LogUncollected(Exception failure, string job);
}
