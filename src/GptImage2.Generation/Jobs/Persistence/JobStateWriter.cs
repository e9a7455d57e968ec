using System.Collections.Concurrent;
using GptImage2.Generation.Errors;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>Writes the jobs of this process into the catalog as they go on. A catalog that fails never stops a job that was sent.</summary>
public sealed partial class JobStateWriter(IJobStore jobs, TimeProvider clock, ILogger<JobStateWriter> logger)
{
    /// <summary>Changes that wait for the write before them: only the newest counts.</summary>
    private readonly ConcurrentDictionary<string, JobSnapshot> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _writing = new(StringComparer.Ordinal);

    /// <summary>Writes a change beside the job.</summary>
    internal void Enqueue(JobSnapshot view)
    {
        if (view.IsOver)
        {
            return;
        }

        _waiting[view.Id] = view;
        _writing.AddOrUpdate(view.Id, id => WriteAsync(id), (id, before) => before.IsCompleted ? WriteAsync(id) : before);
    }

    /// <summary>Writes down that the request is about to be sent, and returns when that is safe on disk.</summary>
    /// <exception cref="ImageException">It could not be written; nothing may be sent.</exception>
    internal async Task MarkSendingAsync(Job job, string? plan = null)
    {
        try
        {
            await jobs.SaveAsync(new JobProgress(job.Id, Sent: true, JobSnapshotDto.Serialize(job.Snapshot), plan), CancellationToken.None);
            job.MarkSent();
        }
        catch (ImageException failure)
        {
            throw JobErrors.NotStarted(failure);
        }
    }

    /// <summary>Writes down how a job ended and what it cost.</summary>
    /// <returns>What whoever waits should know when that was not possible; null when it was.</returns>
    internal async Task<string?> CompleteAsync(JobSnapshot over)
    {
        if (_writing.TryRemove(over.Id, out var before))
        {
            await before;
        }

        _waiting.TryRemove(over.Id, out _);
        try
        {
            var now = clock.GetUtcNow();
            await jobs.CompleteAsync(JobCompletionFactory.Create(over with { Changed = now }, now), CancellationToken.None);
            return null;
        }
        catch (Exception failure)
        {
            LogUnwritten(failure, over.Id);
            return $"The end of this job could not be written into the catalog ({failure.Message}), so the spending summary goes on counting its reservation.";
        }
    }

    private async Task WriteAsync(string id)
    {
        await Task.Yield();
        while (_waiting.TryRemove(id, out var view))
        {
            try
            {
                await jobs.SaveAsync(new JobProgress(id, view.Sent, JobSnapshotDto.Serialize(view)), CancellationToken.None);
            }
            catch (ImageException failure)
            {
                LogUnwritten(failure, id);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Job {Job} could not be written into the catalog")]
    private partial void LogUnwritten(Exception failure, string job);
}
