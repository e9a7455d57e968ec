using System.Collections.Concurrent;
using System.Text.Json;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Finishing;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Storage;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Recovery;

/// <summary>Brings to an end what a process that died has left: adopts what arrived, finishes it, and writes down how the job ended.</summary>
internal sealed partial class JobRepair(
    IJobCatalog jobs,
    ICatalog catalog,
    Processes processes,
    Leftovers leftovers,
    PlanJson plans,
    Keeper keeper,
    Finisher finisher,
    TimeProvider clock,
    ILogger<JobRepair> logger) : IJobRepair
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _going = new(StringComparer.Ordinal);

    public async Task RepairAsync(JobRow row)
    {
        var repair = _going.GetOrAdd(row.Id, _ => new Lazy<Task>(() => Task.Run(() => RepairOnceAsync(row))));
        try
        {
            await repair.Value;
        }
        finally
        {
            _going.TryRemove(KeyValuePair.Create(row.Id, repair));
        }
    }

    private async Task RepairOnceAsync(JobRow row)
    {
        if (!await jobs.ClaimAsync(row.Id, row.Process, processes.Own, CancellationToken.None))
        {
            return;
        }

        var view = (await JobState.ReadAsync(row, catalog, CancellationToken.None)) with { Sent = row.Sent };
        if (Plan(row) is { } plan)
        {
            using var job = new Job(plan, view with { Images = [] }, clock);
            await RecoverAsync(job, row, view);
            view = job.View;
        }

        var over = Over(view);
        await jobs.EndAsync(JobEnding.Of(over, clock.GetUtcNow()), CancellationToken.None);
        LogRepaired(row.Id, over.Status, over.Images.Count);
    }

    private async Task RecoverAsync(Job job, JobRow row, JobView before)
    {
        var unfinished = new List<ImageRecord>();
        foreach (var picture in leftovers.Of(row.Id, row.Started, before.Order.Count, before.Order.Prompt))
        {
            switch (picture)
            {
                case { Finished.Record: { } finished }:
                    await DeliverAsync(job, before, finished);
                    break;
                case { Kept: { } kept }:
                    var record = kept.Record ?? await keeper.RecordAsync(job, kept.Image, picture.Number, delivered: !Finisher.IsNeeded(job.Plan));
                    await (record.Delivered ? DeliverAsync(job, before, record) : AddAsync(unfinished, record));
                    break;
            }
        }

        await finisher.FinishAsync(job, unfinished);

        // What was delivered already stays so, even where its file has been given another name since.
        foreach (var seen in before.Images.Where(image => job.View.Images.All(found => found.Record.Id != image.Record.Id)))
        {
            job.Add(seen);
        }
    }

    /// <summary>Whoever saw the picture before the crash has its copies; for others they are made now.</summary>
    private async Task DeliverAsync(Job job, JobView before, ImageRecord record)
    {
        await catalog.AddAsync(record, CancellationToken.None);
        if (before.Images.FirstOrDefault(image => image.Record.Id == record.Id) is { } seen)
        {
            job.Add(seen);
        }
        else
        {
            await keeper.DeliverAsync(job, record);
        }
    }

    private async Task AddAsync(List<ImageRecord> unfinished, ImageRecord record)
    {
        await catalog.AddAsync(record, CancellationToken.None);
        unfinished.Add(record);
    }

    private JobView Over(JobView view)
    {
        var whole = view.Images.Count >= view.Order.Count;
        return view with
        {
            Status = whole ? view.Failure is null ? JobStatus.Done : JobStatus.Partial : view.Images is [] ? JobStatus.Interrupted : JobStatus.Partial,
            Stage = JobStage.Over,
            Changed = clock.GetUtcNow(),
            Failure = whole ? view.Failure : JobFailures.Interrupted(view.MayBeBilled),
        };
    }

    private JobPlan? Plan(JobRow row)
    {
        try
        {
            return plans.Read(row.Plan);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ImageException)
        {
            LogNoPlan(unreadable, row.Id);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Job} of a process that ended is {Status} with {Images} images")]
    private partial void LogRepaired(string job, JobStatus status, int images);

    [LoggerMessage(LogLevel.Error, "The plan of job {Job} cannot be read, so what is left of it is not finished")]
    private partial void LogNoPlan(Exception failure, string job);
}
