using System.Collections.Concurrent;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Jobs;

/// <summary>All jobs that can be asked for: those of this process, and through the catalog those of others. Nothing else starts one.</summary>
public sealed partial class JobBoard(
    IJobCatalog jobs,
    ICatalog catalog,
    JobBook book,
    JobRunner runner,
    Processes processes,
    SpendingCaps caps,
    IJobRepair repair,
    PlanJson plans,
    JobOptions options,
    TimeProvider clock,
    ILogger<JobBoard> logger) : IDisposable
{
    /// <summary>How long a finished job waits for a caller that comes back for its pictures.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _leaving;
    private readonly ConcurrentDictionary<string, (Job Job, Task Work)> _here = new(StringComparer.Ordinal);

    /// <summary>Whether any job of this process has not ended.</summary>
    public bool IsBusy => Unfinished() is not [];

    /// <summary>The jobs that this process makes, or made lately.</summary>
    internal IReadOnlyList<JobView> Here => [.. _here.Values.Select(entry => entry.Job.View)];

    /// <summary>
    /// Starts the plan, or joins its twin: a job with the same fingerprint that is running in any process, or that ended
    /// lately without any call having returned what came of it. A failure that cost nothing needs no telling.
    /// </summary>
    /// <param name="fresh">Never join.</param>
    /// <param name="body">What making means; it runs under the job's own token, never a caller's.</param>
    /// <exception cref="ImageException">It may cost more than is left of the day, or the catalog cannot remember it. Nothing was sent.</exception>
    public async Task<ObservedJob> StartOrJoinAsync(JobPlan plan, bool fresh, Func<Job, CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        Forget();
        while (true)
        {
            var (job, start) = await TryStartAsync(plan, fresh, cancellationToken);
            switch (start)
            {
                case JobStart.Started:
                    job.Changed = book.Note;
                    _here[job.Id] = (job, Task.Run(() => runner.RunAsync(job, body, _stopping.Token), CancellationToken.None));
                    return job;
                case JobStart.Joined { Twin: var twin } when IsLost(twin):
                    // What a crash left of it may be all that is wanted.
                    await repair.RepairAsync(twin);
                    break;
                case JobStart.Joined { Twin: var twin } when _here.TryGetValue(twin.Id, out var dropped) && dropped.Job is { View.Sent: false, Cancelled.IsCancellationRequested: true }:
                    // Whoever dropped it was not this caller.
                    await dropped.Work;
                    break;
                case JobStart.Joined { Twin: var twin }:
                    LogJoined(twin.Id);
                    return Observe(twin);
                case JobStart.Refused { Spent: var spent }:
                    throw new ImageException(caps.OverDay(plan.Price, spent, clock.GetUtcNow()));
            }
        }
    }

    /// <summary>Why a call at this price would pass what may be spent today, or null.</summary>
    public async Task<Failure?> ObjectionAsync(Price price, CancellationToken cancellationToken)
    {
        if (price.Unit is CostUnit.None || caps.DailyMicro is not { } cap)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var spent = (await jobs.LedgerAsync(DateOnly.FromDateTime(now.UtcDateTime), cancellationToken)).Sum(entry => entry.Counted);
        return spent + (price.Ceiling is { } ceiling ? Money.Micro(ceiling) : 0) > cap ? caps.OverDay(price, spent, now) : null;
    }

    /// <returns>The job, or null when the caller has none such.</returns>
    public async Task<ObservedJob?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        _here.TryGetValue(id, out var here) && here.Job.View.Order.Owner == caller.Owner ? here.Job
        : await jobs.FindJobAsync(caller.Owner, id, cancellationToken) is { } row ? Observe(row)
        : null;

    /// <summary>The ids of the caller's jobs, newest first.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(Caller caller, int limit, CancellationToken cancellationToken) =>
        [.. (await jobs.ListJobsAsync(caller.Owner, limit, cancellationToken)).Select(row => row.Id)];

    /// <summary>Waits as long as patience lasts; a job that is not over then says what similar ones took.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up. A job that was not sent, and that nobody else waits for, is dropped and costs nothing.</exception>
    public async Task<JobView> WaitAsync(ObservedJob job, TimeSpan patience, IProgress<JobView> observer, CancellationToken cancellationToken)
    {
        try
        {
            var view = await job.WaitAsync(patience, options.Heartbeat, observer, cancellationToken);
            return view.IsOver ? view : view with { Typical = await TypicalAsync(view.Order.Kind, cancellationToken) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && job is Job { Waiters: 0 } mine && (!mine.View.Sent || (options.AbortOnCancel && !_leaving)))
        {
            mine.Cancel();
            throw;
        }
    }

    /// <summary>Cancels a job of this process, if that still saves anything or the user wants it so.</summary>
    /// <returns>Whether it was cancelled; false when it goes on, because it is billed all the same or another process makes it.</returns>
    public bool Cancel(ObservedJob job)
    {
        if (job is not Job mine || mine.View.IsOver || (mine.View.MayBeBilled && !options.AbortOnCancel))
        {
            return false;
        }

        mine.Cancel();
        return true;
    }

    /// <summary>Some call has returned this job's pictures to whoever asked, so the same request again is a new one.</summary>
    public async Task CollectAsync(string id)
    {
        try
        {
            await jobs.CollectAsync(id, CancellationToken.None);
        }
        catch (ImageException failure)
        {
            // At worst the same request is given the same pictures once more.
            LogUncollected(failure, id);
        }
    }

    /// <summary>Brings to an end what processes that died have left.</summary>
    public async Task RepairAsync(CancellationToken cancellationToken)
    {
        foreach (var row in (await jobs.UnfinishedAsync(cancellationToken)).Where(IsLost))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await repair.RepairAsync(row);
        }
    }

    /// <summary>The process is told to end: calls that end with it were not cancelled by anybody, and what was sent is waited for.</summary>
    public void Leave() => _leaving = true;

    /// <summary>Waits for running jobs, at most as long as the grace; what is left then is interrupted.</summary>
    public async Task DrainAsync(TimeSpan grace)
    {
        var work = Task.WhenAll(Unfinished());
        await Task.WhenAny(work, Task.Delay(grace, clock));
        await _stopping.CancelAsync();
        await Task.WhenAll(Unfinished());
    }

    public void Dispose() => _stopping.Dispose();

    private async Task<(Job Job, JobStart Start)> TryStartAsync(JobPlan plan, bool fresh, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var order = JobOrder.Of(plan);
        var job = new Job(plan, new JobView { Id = Id.ForJob(), Order = order, Started = now, Changed = now, Warnings = plan.Warnings }, clock);
        try
        {
            var row = new JobRow
            {
                Id = job.Id,
                Owner = order.Owner,
                Fingerprint = Fingerprint.Of(plan),
                Process = processes.Own,
                Started = now,
                Kind = order.Kind,
                State = JobState.Write(job.View),
                Plan = await plans.WriteAsync(plan, cancellationToken),
                Cost = Reservation(plan, DateOnly.FromDateTime(now.UtcDateTime)),
            };

            // Before anybody can find the row, so that nobody takes it for one that nobody makes.
            _here[job.Id] = (job, Task.CompletedTask);
            var start = await jobs.TryStartAsync(row, new StartRules(fresh, now - Remembered, caps.DailyMicro), CancellationToken.None);
            Leave(start is JobStart.Started ? null : job);
            return (job, start);
        }
        catch (ImageException failure)
        {
            Leave(job);
            throw JobFailures.NotBegun(failure);
        }
    }

    private void Leave(Job? job)
    {
        if (job is not null)
        {
            _here.TryRemove(job.Id, out _);
            job.Dispose();
        }
    }

    /// <summary>Whether a job has not ended and nobody makes it any more.</summary>
    private bool IsLost(JobRow row) => row.Ended is null && !_here.ContainsKey(row.Id) && (row.Process == processes.Own || !processes.IsAlive(row.Process));

    private static LedgerEntry? Reservation(JobPlan plan, DateOnly day) => plan.Price.Unit is CostUnit.None ? null : new LedgerEntry
    {
        Day = day,
        Tool = plan.Tool,
        Model = plan.Validated.Profile.Model,
        Reserved = plan.Price.Ceiling is { } ceiling ? Money.Micro(ceiling) : null,
    };

    private ObservedJob Observe(JobRow row) => _here.TryGetValue(row.Id, out var here)
        ? here.Job
        : new ForeignJob(row, jobs, catalog, IsLost, repair.RepairAsync, clock);

    private async Task<TimeSpan?> TypicalAsync(string kind, CancellationToken cancellationToken)
    {
        const int Few = 15;
        var lately = await jobs.DurationsAsync(kind, Few, cancellationToken);
        return lately is [] ? null : lately.Order().ElementAt(lately.Count / 2);
    }

    private Task[] Unfinished() => [.. _here.Values.Select(entry => entry.Work).Where(work => !work.IsCompleted)];

    /// <summary>What has ended is in the catalog; it stays here as long as somebody may come back for what only this process has.</summary>
    private void Forget()
    {
        foreach (var (id, entry) in _here.Where(entry => entry.Value.Work.IsCompleted && clock.GetUtcNow() - entry.Value.Job.View.Changed > Remembered).ToArray())
        {
            _here.TryRemove(id, out _);
            entry.Job.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Job} joined by the same request")]
    private partial void LogJoined(string job);

    [LoggerMessage(LogLevel.Warning, "Job {Job} could not be marked as collected")]
    private partial void LogUncollected(Exception failure, string job);
}
