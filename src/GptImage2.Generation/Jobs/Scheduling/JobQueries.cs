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
    JobEstimates estimates,
    SpendingCaps caps,
    JobOptions options,
    TimeProvider clock)
{
    /// <summary>Among how many of the newest jobs those that run are looked for.</summary>
    private const int MaxListed = 100;

    /// <returns>The job, or null when the caller has none of that id.</returns>
    public async Task<JobHandle?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        local.Find(id) is { } job && job.Snapshot.Summary.Owner == caller.Owner ? job
        : await jobs.FindJobAsync(caller.Owner, id, cancellationToken) is { } record ? GetHandle(record)
        : null;

    /// <summary>The ids of the caller's jobs, newest first.</summary>
    public async Task<IReadOnlyList<string>> ListIdsAsync(Caller caller, int limit, CancellationToken cancellationToken) =>
        [.. (await jobs.ListJobsAsync(caller.Owner, limit, cancellationToken)).Select(record => record.Id)];

    /// <summary>The caller's jobs as they are now: those that run first, then the newest.</summary>
    public async Task<IReadOnlyList<JobSnapshot>> ListAsync(Caller caller, int limit, CancellationToken cancellationToken)
    {
        var records = await jobs.ListJobsAsync(caller.Owner, MaxListed, cancellationToken);
        var snapshots = new List<JobSnapshot>();
        foreach (var record in records.OrderBy(record => record.Ended is not null).Take(limit))
        {
            snapshots.Add(await GetHandle(record).GetSnapshotAsync(cancellationToken));
        }

        return [.. snapshots.OrderBy(job => job.IsOver)];
    }

    /// <summary>Waits until the job is over or the timeout; a job that is not over then says what similar ones took.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up. An unsent job without other waiters is cancelled and costs nothing.</exception>
    public async Task<JobSnapshot> WaitAsync(JobHandle handle, TimeSpan timeout, IProgress<JobSnapshot> observer, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await handle.WaitAsync(timeout, options.Heartbeat, observer, cancellationToken);
            return snapshot.IsOver ? snapshot : await estimates.AddToAsync(snapshot, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && handle is Job { WaiterCount: 0 } job && IsAbandoned(job))
        {
            job.TryCancel(evenIfBilled: options.AbortOnCancel);
            throw;
        }
    }

    /// <summary>Why a call at this price would exceed what may be spent today, or null.</summary>
    public async Task<Failure?> CheckDailyCapAsync(Caller caller, Price price, CancellationToken cancellationToken) =>
        await FindDailyExcessAsync(caller, price, cancellationToken) is { } excess ? caps.DailyCapExceeded(caller, price, excess, clock.GetUtcNow()) : null;

    /// <summary>The same in words that follow "refused:", or null.</summary>
    public async Task<string?> DescribeDailyExcessAsync(Caller caller, Price price, CancellationToken cancellationToken) =>
        await FindDailyExcessAsync(caller, price, cancellationToken) is { } excess ? caps.DescribeDailyExcess(caller, price, excess) : null;

    internal JobHandle GetHandle(JobRecord record) => local.Find(record.Id) is { } job ? job : new RemoteJob(record, jobs, catalog, recovery, clock);

    private async Task<DailyExcess?> FindDailyExcessAsync(Caller caller, Price price, CancellationToken cancellationToken)
    {
        if (price.Unit is CostUnit.None || caps.Daily == DailyCaps.None)
        {
            return null;
        }

        var spent = await jobs.GetDailySpendingAsync(caller.Owner, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellationToken);
        return caps.Daily.FindExcess(spent, price.Ceiling is { } ceiling ? MicroUsd.FromUsd(ceiling) : 0);
    }

    private bool IsAbandoned(Job job) => !job.Snapshot.Sent || (options.AbortOnCancel && !local.IsShuttingDown);
}
