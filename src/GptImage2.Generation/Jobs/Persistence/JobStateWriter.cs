using System.Threading.Channels;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage.Local;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>Records the jobs of this process in the catalog while they run. A catalog that fails never stops a job that was sent.</summary>
public sealed partial class JobStateWriter : IAsyncDisposable
{
    private readonly IJobStore _jobs;
    private readonly JobPlanSerializer _plans;
    private readonly ServerInstanceRegistry _instances;
    private readonly TimeProvider _clock;
    private readonly ILogger<JobStateWriter> _logger;

    /// <summary>The newest change of each job that waits to be written; older ones do not matter.</summary>
    private readonly ConcurrentDictionary<string, JobSnapshot> _latest = new(StringComparer.Ordinal);
    private readonly Channel<string> _changedJobs = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private readonly Task _writing;

    public JobStateWriter(IJobStore jobs, JobPlanSerializer plans, ServerInstanceRegistry instances, TimeProvider clock, ILogger<JobStateWriter> logger)
    {
        (_jobs, _plans, _instances, _clock, _logger) = (jobs, plans, instances, clock, logger);
        _writing = WriteChangesAsync();
    }

    /// <summary>Records a new job, unless it has a duplicate or exceeds the daily cap.</summary>
    /// <exception cref="ImageException">It could not be recorded and must not be started.</exception>
    internal async Task<JobStartResult> TryStartAsync(Job job, JobStartConditions conditions, CancellationToken cancellationToken)
    {
        var (plan, snapshot) = (job.Plan, job.Snapshot);
        try
        {
            var record = new JobRecord
            {
                Id = job.Id,
                Owner = plan.Caller.Owner,
                DeduplicationKey = JobDeduplicationKey.Compute(plan),
                InstanceId = _instances.CurrentId,
                Started = snapshot.Started,
                Kind = snapshot.Summary.Kind,
                State = JobSnapshotDto.Serialize(snapshot),
                Plan = await _plans.SerializeAsync(plan, cancellationToken),
                Cost = CreateReservation(plan, snapshot.Started),
            };
            return await _jobs.TryStartAsync(record, conditions, CancellationToken.None);
        }
        catch (ImageException failure)
        {
            throw JobErrors.NotStarted(failure);
        }
    }

    /// <summary>Records a change in the background.</summary>
    internal void Enqueue(JobSnapshot snapshot)
    {
        if (!snapshot.IsOver)
        {
            _latest[snapshot.Id] = snapshot;
            _changedJobs.Writer.TryWrite(snapshot.Id);
        }
    }

    /// <summary>Records that the request is about to be sent, and returns when that is safe on disk.</summary>
    /// <exception cref="ImageException">It could not be recorded; nothing may be sent.</exception>
    internal async Task MarkSendingAsync(Job job, bool planChanged = false)
    {
        try
        {
            var plan = planChanged ? await _plans.SerializeAsync(job.Plan, CancellationToken.None) : null;
            await _jobs.SaveAsync(new JobProgress(job.Id, Sent: true, JobSnapshotDto.Serialize(job.Snapshot), plan), CancellationToken.None);
            job.MarkSent();
        }
        catch (ImageException failure)
        {
            throw JobErrors.NotStarted(failure);
        }
    }

    /// <summary>Records how a job ended and what it cost.</summary>
    /// <returns>A warning for the waiters when that was not possible, or null.</returns>
    internal async Task<string?> CompleteAsync(JobSnapshot final)
    {
        // A change that is being written at this moment cannot undo the end: the store does not change an ended job.
        _latest.TryRemove(final.Id, out _);
        try
        {
            var now = _clock.GetUtcNow();
            await _jobs.CompleteAsync(JobCompletion.FromSnapshot(final with { Changed = now }, now), CancellationToken.None);
            return null;
        }
        catch (Exception failure)
        {
            LogNotWritten(failure, final.Id);
            return $"The end of this job could not be recorded in the catalog ({failure.Message}), so the spending summary goes on counting its reservation.";
        }
    }

    public async ValueTask DisposeAsync()
    {
        _changedJobs.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteChangesAsync()
    {
        await foreach (var id in _changedJobs.Reader.ReadAllAsync())
        {
            if (_latest.TryRemove(id, out var snapshot))
            {
                await TryWriteAsync(snapshot);
            }
        }
    }

    private async Task TryWriteAsync(JobSnapshot snapshot)
    {
        try
        {
            await _jobs.SaveAsync(new JobProgress(snapshot.Id, snapshot.Sent, JobSnapshotDto.Serialize(snapshot)), CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogNotWritten(failure, snapshot.Id);
        }
    }

    private static LedgerEntry? CreateReservation(JobPlan plan, DateTimeOffset started) => plan.Price.Unit is CostUnit.None ? null : new LedgerEntry
    {
        Day = DateOnly.FromDateTime(started.UtcDateTime),
        Tool = plan.Tool,
        Model = plan.Validated.Profile.Model,
        Reserved = plan.Price.Ceiling is { } ceiling ? MicroUsd.FromUsd(ceiling) : null,
    };

    [LoggerMessage(LogLevel.Error, "Job {Job} could not be written into the catalog")]
    private partial void LogNotWritten(Exception failure, string job);
}
