using System.Collections.Concurrent;
using System.Text.Json;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Planning;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Jobs.Recovery;

/// <summary>Brings to an end what a process that died has left: adopts what arrived, finishes it, and writes down how the job ended.</summary>
internal sealed partial class JobRecovery(
    IJobStore jobs,
    IImageCatalog catalog,
    ServerInstanceRegistry processes,
    OrphanRecovery leftovers,
    JobPlanSerializer plans,
    ImageRecorder keeper,
    PostProcessor finisher,
    TimeProvider clock,
    ILogger<JobRecovery> logger) : IJobRecovery
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _running = new(StringComparer.Ordinal);

    public async Task RecoverJobAsync(JobRecord row)
    {
        var repair = _running.GetOrAdd(row.Id, _ => new Lazy<Task>(() => Task.Run(() => RecoverOnceAsync(row))));
        try
        {
            await repair.Value;
        }
        finally
        {
            _running.TryRemove(KeyValuePair.Create(row.Id, repair));
        }
    }

    private async Task RecoverOnceAsync(JobRecord row)
    {
        if (!await jobs.ClaimAsync(row.Id, row.InstanceId, processes.CurrentId, CancellationToken.None))
        {
            return;
        }

        var view = (await JobSnapshotDto.DeserializeAsync(row, catalog, CancellationToken.None)) with { Sent = row.Sent };
        if (TryReadPlan(row) is { } plan)
        {
            using var job = new Job(plan, view with { Images = [] }, clock);
            await RecoverImagesAsync(job, row, view);
            view = job.Snapshot;
        }

        var over = ToCompleted(view);
        await jobs.CompleteAsync(JobCompletionFactory.Create(over, clock.GetUtcNow()), CancellationToken.None);
        LogRecovered(row.Id, over.Status, over.Images.Count);
    }

    private async Task RecoverImagesAsync(Job job, JobRecord row, JobSnapshot before)
    {
        var unfinished = new List<ImageRecord>();
        foreach (var picture in leftovers.Recover(row.Id, row.Started, before.Summary.Count, before.Summary.Prompt))
        {
            switch (picture)
            {
                case { Finished.Record: { } finished }:
                    await DeliverAsync(job, before, finished);
                    break;
                case { Kept: { } kept }:
                    var record = kept.Record ?? await keeper.RecordAsync(job, kept.Image, picture.Number, delivered: !PostProcessor.IsNeeded(job.Plan));
                    await (record.Delivered ? DeliverAsync(job, before, record) : AddUnfinishedAsync(unfinished, record));
                    break;
            }
        }

        await finisher.ProcessAsync(job, unfinished);

        // What was delivered already stays so, even where its file has been given another name since.
        foreach (var seen in before.Images.Where(image => job.Snapshot.Images.All(found => found.Record.Id != image.Record.Id)))
        {
            job.AddImage(seen);
        }
    }

    /// <summary>Whoever saw the picture before the crash has its copies; for others they are made now.</summary>
    private async Task DeliverAsync(Job job, JobSnapshot before, ImageRecord record)
    {
        await catalog.AddAsync(record, CancellationToken.None);
        if (before.Images.FirstOrDefault(image => image.Record.Id == record.Id) is { } seen)
        {
            job.AddImage(seen);
        }
        else
        {
            await keeper.DeliverAsync(job, record);
        }
    }

    private async Task AddUnfinishedAsync(List<ImageRecord> unfinished, ImageRecord record)
    {
        await catalog.AddAsync(record, CancellationToken.None);
        unfinished.Add(record);
    }

    private JobSnapshot ToCompleted(JobSnapshot view)
    {
        var whole = view.Images.Count >= view.Summary.Count;
        return view with
        {
            Status = whole ? view.Failure is null ? JobStatus.Done : JobStatus.Partial : view.Images is [] ? JobStatus.Interrupted : JobStatus.Partial,
            Stage = JobStage.Over,
            Changed = clock.GetUtcNow(),
            Failure = whole ? view.Failure : JobErrors.Interrupted(view.MayBeBilled),
        };
    }

    private JobPlan? TryReadPlan(JobRecord row)
    {
        try
        {
            return plans.Deserialize(row.Plan);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ImageException)
        {
            LogNoPlan(unreadable, row.Id);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Job} of a process that ended is {Status} with {Images} images")]
    private partial void LogRecovered(string job, JobStatus status, int images);

    [LoggerMessage(LogLevel.Error, "The plan of job {Job} cannot be read, so what is left of it is not finished")]
    private partial void LogNoPlan(Exception failure, string job);
}
