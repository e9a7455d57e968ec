using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Imaging;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>Carries a job from its start to an end that is written down, whatever happens on the way.</summary>
public sealed partial class JobRunner(JobStateWriter book, ILogger<JobRunner> logger)
{
    /// <param name="body">What making means; it runs under the job's own token, never a caller's.</param>
    /// <param name="stopping">Ends with the process.</param>
    internal async Task RunAsync(Job job, Func<Job, CancellationToken, Task> body, CancellationToken stopping)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(stopping, job.Cancellation);
        var end = await ExecuteAsync(job, body, own.Token);

        // Nobody is told of an end that a crash could still take back.
        var over = end(job.Snapshot);
        job.Complete(await book.CompleteAsync(over) is { } warning ? over with { Warnings = [.. over.Warnings, warning] } : over);
        LogCompleted(job.Id, job.Snapshot.Status, job.Snapshot.Images.Count);
    }

    private async Task<Func<JobSnapshot, JobSnapshot>> ExecuteAsync(Job job, Func<Job, CancellationToken, Task> body, CancellationToken own)
    {
        try
        {
            await body(job, own);
            return view => view.ToCompleted();
        }
        catch (ImageException expected)
        {
            return view => view.ToFailed(expected.Failure);
        }
        catch (ImagingUnavailableException missing)
        {
            return view => view.ToFailed(new Failure { Code = FailureCode.ImagingUnavailable, Message = missing.Message });
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            return view => job.Cancellation.IsCancellationRequested
                ? view.ToFailed(JobErrors.Cancelled(view.MayBeBilled), JobStatus.Cancelled)
                : view.ToFailed(JobErrors.Interrupted(view.MayBeBilled), JobStatus.Interrupted);
        }
        catch (Exception bug)
        {
            LogBug(bug, job.Id);
            return view => view.ToFailed(JobErrors.Unexpected(view.MayBeBilled));
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Job} is {Status} with {Images} images")]
    private partial void LogCompleted(string job, JobStatus status, int images);

    [LoggerMessage(LogLevel.Error, "Job {Job} hit a bug")]
    private partial void LogBug(Exception bug, string job);
}
