using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>Finds, lists and waits for jobs: those of this process, and through the catalog those of others.</summary>
public sealed class JobQueries(
    IJobStore jobs,
    IImageCatalog catalog,
    LocalJobs local,
    JobRecovery recovery,
    SpendingCaps caps,
    JobOptions options,
    TimeProvider clock)
{
    /// <summary>How many recent jobs of a kind decide what is typical.</summary>
    private const int DurationSamples = 15;

    /// <returns>The job, or null when the caller has none of that id.</returns>
    public async Task<JobHandle?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        local.Find(id) is { } job && job.Snapshot.Summary.Owner == caller.Owner ? job
        : await jobs.FindJobAsync(caller.Owner, id, cancellationToken) is { } record ? GetHandle(record)
        : null;

    /// <summary>The ids of the caller's jobs, newest first.</summary>
    public async Task<IReadOnlyList<string>> ListIdsAsync(Caller caller, int limit, CancellationToken cancellationToken) =>
        [.. (await jobs.ListJobsAsync(caller.Owner, limit, cancellationToken)).Select(record => record.Id)];

    /// <summary>Where images were copied to when they were made: absolute paths, by the image's id.</summary>
    /// <param name="jobIds">The jobs that made them.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> FindCopiesAsync(Caller caller, IReadOnlyCollection<string> jobIds, CancellationToken cancellationToken) =>
        (await jobs.ListStatesAsync(caller.Owner, jobIds, cancellationToken))
            .SelectMany(JobSnapshotDto.ReadImages)
            .Where(image => image.Copies is not [])
            .DistinctBy(image => image.Id)
            .ToDictionary(image => image.Id, image => image.Copies);

    /// <summary>Waits until the job is over or the timeout; a job that is not over then says what similar ones took.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up. An unsent job without other waiters is cancelled and costs nothing.</exception>
    public async Task<JobSnapshot> WaitAsync(JobHandle handle, TimeSpan timeout, IProgress<JobSnapshot> observer, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await handle.WaitAsync(timeout, options.Heartbeat, observer, cancellationToken);
            return snapshot.IsOver ? snapshot : snapshot with { TypicalDuration = await GetTypicalDurationAsync(snapshot.Summary.Kind, cancellationToken) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && handle is Job { WaiterCount: 0 } job && IsAbandoned(job))
        {
            job.Cancel();
            throw;
        }
    }

    /// <summary>Why a call at this price would exceed what may be spent today, or null.</summary>
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

    internal JobHandle GetHandle(JobRecord record) => local.Find(record.Id) is { } job ? job : new RemoteJob(record, jobs, catalog, recovery, clock);

    private bool IsAbandoned(Job job) => !job.Snapshot.Sent || (options.AbortOnCancel && !local.IsShuttingDown);

    private async Task<TimeSpan?> GetTypicalDurationAsync(string kind, CancellationToken cancellationToken)
    {
        var recent = await jobs.ListDurationsAsync(kind, DurationSamples, cancellationToken);
        return recent is [] ? null : recent.Order().ElementAt(recent.Count / 2);
    }
}
