using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Planning;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;

namespace GptImage2.Generation.Jobs.Recovery;

/// <summary>Completes the jobs of a process that died: adopts the images that arrived, finishes them, and records how the job ended.</summary>
public sealed partial class JobRecovery(
    IJobStore jobs,
    IImageCatalog catalog,
    LocalJobs local,
    ServerInstanceRegistry instances,
    OrphanRecovery orphans,
    JobPlanSerializer plans,
    ImageRecorder recorder,
    PostProcessor postProcessor,
    BackendRegistry backends,
    IJobRunner runner,
    TimeProvider clock,
    ILogger<JobRecovery> logger)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _running = new(StringComparer.Ordinal);

    /// <summary>Completes every job whose process has died.</summary>
    public async Task RecoverOrphansAsync(CancellationToken cancellationToken)
    {
        foreach (var record in (await jobs.ListUnfinishedAsync(cancellationToken)).Where(IsOrphaned))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RecoverJobAsync(record);
        }
    }

    /// <summary>Whether a job has not ended and no process runs it any more.</summary>
    internal bool IsOrphaned(JobRecord record) =>
        record.Ended is null && !local.Contains(record.Id) && (record.InstanceId == instances.CurrentId || !instances.IsAlive(record.InstanceId));

    /// <summary>Completes one job. Does nothing where another process is faster; callers at the same time share one recovery.</summary>
    internal async Task RecoverJobAsync(JobRecord record)
    {
        var recovery = _running.GetOrAdd(record.Id, _ => new Lazy<Task>(() => Task.Run(() => RecoverOnceAsync(record))));
        try
        {
            await recovery.Value;
        }
        finally
        {
            _running.TryRemove(KeyValuePair.Create(record.Id, recovery));
        }
    }

    private async Task RecoverOnceAsync(JobRecord record)
    {
        if (!await jobs.ClaimAsync(record.Id, record.InstanceId, instances.CurrentId, CancellationToken.None))
        {
            return;
        }

        var snapshot = await JobSnapshotDto.DeserializeAsync(record, catalog, CancellationToken.None);
        if (TryReadPlan(record) is { } plan)
        {
            using var job = local.Create(plan, snapshot with { Images = [] });
            var stored = await RecoverImagesAsync(job, snapshot);
            snapshot = job.Snapshot;
            if (snapshot.Checkpoint is { } checkpoint && stored < snapshot.Summary.Count && backends.FindResumable(plan.Backend.Name, plan.Validated.Profile.Model) is { } backend)
            {
                Resume(plan with { Backend = backend }, snapshot, checkpoint, stored);
                return;
            }
        }

        var final = ToCompleted(snapshot);
        await jobs.CompleteAsync(JobCompletion.FromSnapshot(final, clock.GetUtcNow()), CancellationToken.None);
        LogRecovered(record.Id, final.Status, final.Images.Count);
    }

    /// <summary>Goes on with a request that its service has kept, as a job of this process.</summary>
    private void Resume(JobPlan plan, JobSnapshot snapshot, string checkpoint, int stored)
    {
        var job = local.Resume(plan, snapshot with { Status = JobStatus.Running, Failure = null, Changed = clock.GetUtcNow() }, checkpoint, stored);
        local.Add(job);
        job.Work = Task.Run(() => runner.RunAsync(job, local.Stopping), CancellationToken.None);
        LogResumed(job.Id, plan.Backend.Name);
    }

    /// <returns>How many images are stored, from the first.</returns>
    private async Task<int> RecoverImagesAsync(Job job, JobSnapshot before)
    {
        var unfinished = new List<ImageRecord>();
        var stored = 0;
        foreach (var image in orphans.Recover(before.Id, before.Started, job.Plan.Request.DrawnCount, before.Summary.Prompt))
        {
            var record = image switch
            {
                { Finished.Record: { } finished } => finished,
                { Original: { } original } =>
                    original.Record ?? await recorder.RecordAsync(job, original.Image, image.Number, delivered: !PostProcessor.IsNeeded(job.Plan, original.Image.File)),
                _ => null,
            };
            if (record is not null)
            {
                stored = image.Number == stored + 1 ? image.Number : stored;
                await catalog.AddAsync(record, CancellationToken.None);
                if (record.Delivered)
                {
                    await DeliverAsync(job, before, record);
                }
                else
                {
                    unfinished.Add(record);
                }
            }
        }

        await postProcessor.ProcessAsync(job, unfinished);

        // What was delivered already stays so, even where its file has been renamed since.
        foreach (var seen in before.Images.Where(image => job.Snapshot.Images.All(found => found.Record.Id != image.Record.Id)))
        {
            job.AddImage(seen);
        }

        return stored;
    }

    /// <summary>Further copies are made only where the image was not delivered before the crash.</summary>
    private async Task DeliverAsync(Job job, JobSnapshot before, ImageRecord record)
    {
        if (before.Images.FirstOrDefault(image => image.Record.Id == record.Id) is { } seen)
        {
            job.AddImage(seen);
        }
        else
        {
            await recorder.DeliverAsync(job, record);
        }
    }

    private JobSnapshot ToCompleted(JobSnapshot snapshot)
    {
        var complete = snapshot.Images.Count >= snapshot.Summary.Count;
        return snapshot with
        {
            Status = (complete, snapshot.Failure, snapshot.Images) switch
            {
                (true, null, _) when snapshot.Panels.Any(panel => panel.State is PanelState.Failed) => JobStatus.Partial,
                (true, null, _) => JobStatus.Done,
                (false, _, []) => JobStatus.Interrupted,
                _ => JobStatus.Partial,
            },
            Stage = JobStage.Over,
            Changed = clock.GetUtcNow(),
            Failure = complete ? snapshot.Failure : JobErrors.Interrupted(snapshot.MayBeBilled),
        };
    }

    private JobPlan? TryReadPlan(JobRecord record)
    {
        try
        {
            return plans.Deserialize(record.Plan);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ImageException)
        {
            LogUnreadablePlan(unreadable, record.Id);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Job} of a process that ended is {Status} with {Images} images")]
    private partial void LogRecovered(string job, JobStatus status, int images);

    [LoggerMessage(LogLevel.Information, "Job {Job} of a process that ended is taken up again at {Backend}")]
    private partial void LogResumed(string job, string backend);

    [LoggerMessage(LogLevel.Error, "The plan of job {Job} cannot be read, so what is left of it is not finished")]
    private partial void LogUnreadablePlan(Exception failure, string job);
}
