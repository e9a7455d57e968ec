using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage.Local;
using GptImage2.Generation.Telemetry;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>Records the jobs of this process in the catalog while they run. A catalog that fails never stops a job that was sent.</summary>
public sealed partial class JobStateWriter(
    IJobStore jobs,
    JobPlanSerializer plans,
    ServerInstanceRegistry instances,
    TimeProvider clock,
    ILogger<JobStateWriter> logger) : IAsyncDisposable
{
    /// <summary>The newest change of each job that waits to be written; older ones do not matter.</summary>
    private readonly ConcurrentDictionary<string, JobSnapshot> _latest = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Ends when everything has been written.</summary>
    private Task _writing = Task.CompletedTask;

    /// <summary>Records a new job, unless it has a duplicate or exceeds the daily cap.</summary>
    /// <exception cref="ImageException">It could not be recorded and must not be started.</exception>
    internal async Task<JobStartResult> TryStartAsync(Job job, JobStartConditions conditions, CancellationToken cancellationToken)
    {
        using var span = GenerationTelemetry.StartSpan("commit start of job");
        var (plan, snapshot) = (job.Plan, job.Snapshot);
        try
        {
            var record = new JobRecord
            {
                Id = job.Id,
                Owner = plan.Caller.Owner,
                DeduplicationKey = JobDeduplicationKey.Compute(plan),
                InstanceId = instances.CurrentId,
                Started = snapshot.Started,
                Kind = snapshot.Summary.Kind,
                State = JobSnapshotDto.Serialize(snapshot),
                Plan = await plans.SerializeAsync(plan, cancellationToken),
                Cost = plan.Price.Unit is CostUnit.None ? null : JobReservations.CreateEntry(plan, snapshot.Started),
            };
            return await jobs.TryStartAsync(record, conditions, CancellationToken.None);
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
            lock (_gate)
            {
                _writing = _writing.ContinueWith(_ => WriteLatestAsync(snapshot.Id), TaskScheduler.Default).Unwrap();
            }
        }
    }

    /// <summary>Records what it takes to find the request at its service again, and that it counts as sent, and returns when that is safe on disk.</summary>
    /// <exception cref="ImageException">It could not be recorded; nothing may be sent.</exception>
    internal async Task SaveCheckpointAsync(Job job, string checkpoint)
    {
        var sent = job.Snapshot.Sent;
        job.RecordCheckpoint(checkpoint);
        try
        {
            await MarkSendingAsync(job);
        }
        catch (ImageException failure) when (sent)
        {
            // The request is at the service. What was recorded before it was sent is enough to find it again.
            LogNotWritten(failure, job.Id);
        }
    }

    /// <summary>Records that the request is about to be sent, and returns when that is safe on disk.</summary>
    /// <exception cref="ImageException">It could not be recorded; nothing may be sent.</exception>
    internal async Task MarkSendingAsync(Job job)
    {
        using var span = GenerationTelemetry.StartSpan("commit mark of sending");
        try
        {
            var plan = job.HasUnsavedPlan ? await plans.SerializeAsync(job.Plan, CancellationToken.None) : null;
            await jobs.SaveAsync(job.Id, sent: true, JobSnapshotDto.Serialize(job.Snapshot), plan, durable: true, CancellationToken.None);
            job.HasUnsavedPlan = false;
            job.MarkSent();
        }
        catch (ImageException failure)
        {
            throw JobErrors.NotStarted(failure);
        }
    }

    /// <summary>Records how far a job is that another process will take up.</summary>
    internal async Task SuspendAsync(JobSnapshot snapshot)
    {
        _latest.TryRemove(snapshot.Id, out _);
        try
        {
            await jobs.SaveAsync(snapshot.Id, snapshot.Sent, JobSnapshotDto.Serialize(snapshot), plan: null, durable: true, CancellationToken.None);
        }
        catch (Exception failure)
        {
            // What was recorded before is enough to find it again.
            LogNotWritten(failure, snapshot.Id);
        }
    }

    /// <summary>Records how a job ended and what it cost.</summary>
    /// <returns>A warning for the waiters when that was not possible, or null.</returns>
    internal async Task<string?> CompleteAsync(JobSnapshot final)
    {
        // A change that is being written at this moment cannot undo the end: the store does not change an ended job.
        _latest.TryRemove(final.Id, out _);
        using var span = GenerationTelemetry.StartSpan("commit end of job");
        try
        {
            var now = clock.GetUtcNow();
            await jobs.CompleteAsync(JobCompletion.FromSnapshot(final with { Changed = now }, now), CancellationToken.None);
            return null;
        }
        catch (Exception failure)
        {
            LogNotWritten(failure, final.Id);
            return $"The end of this job could not be recorded in the catalog ({failure.Message}), so the spending summary goes on counting its reservation.";
        }
    }

    public async ValueTask DisposeAsync() => await _writing;

    private async Task WriteLatestAsync(string id)
    {
        if (!_latest.TryRemove(id, out var snapshot))
        {
            return;
        }

        try
        {
            await jobs.SaveAsync(id, snapshot.Sent, JobSnapshotDto.Serialize(snapshot), plan: null, durable: false, CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogNotWritten(failure, id);
        }
    }

    [LoggerMessage(LogLevel.Error, "Job {Job} could not be written into the catalog")]
    private partial void LogNotWritten(Exception failure, string job);
}
