using GptImage2.Generation.Jobs.Persistence;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>Runs a job from its start to an end that is recorded, whatever happens in between.</summary>
public sealed partial class JobRunner(IJobHandler handler, JobStateWriter state, ILogger<JobRunner> logger) : IJobRunner
{
    public async Task RunAsync(Job job, CancellationToken stopping)
    {
        using var telemetry = new JobTelemetry(job.Snapshot);
        job.Trace = telemetry.Context;
        job.Observer = telemetry.Observe;
        job.OnChanged = state.Enqueue;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping, job.Cancellation);
        var end = await ExecuteAsync(job, cancellation.Token);

        // Persist the final state before notifying waiters, so a crash cannot undo what was reported.
        var final = end(job.Snapshot);
        if (final is { Status: JobStatus.Interrupted or JobStatus.Partial, Failure.Code: FailureCode.AnswerLost, Checkpoint: not null } && stopping.IsCancellationRequested)
        {
            // The service keeps the request: the next process takes it up where this one leaves it.
            await state.SuspendAsync(job.Snapshot);
            job.Complete(final with { Failure = JobErrors.Suspended() });
            LogSuspended(job.Id);
            return;
        }

        var warning = await state.CompleteAsync(final);
        job.IsRecorded = warning is null;
        job.Complete(warning is null ? final : final with { Warnings = [.. final.Warnings, job.HidePaths(warning)] });
        LogCompleted(job.Id, job.Snapshot.Status, job.Snapshot.Images.Count);
    }

    private async Task<Func<JobSnapshot, JobSnapshot>> ExecuteAsync(Job job, CancellationToken cancellationToken)
    {
        try
        {
            await handler.ExecuteAsync(job, cancellationToken);
            return snapshot => snapshot.ToCompleted();
        }
        catch (ImageException expected)
        {
            return snapshot => snapshot.ToFailed(job.HidePaths(expected.Failure), expected.Failure.Code is FailureCode.Cancelled ? JobStatus.Cancelled : JobStatus.Failed);
        }
        catch (ImagingUnavailableException missing)
        {
            return snapshot => snapshot.ToFailed(new Failure { Code = FailureCode.ImagingUnavailable, Message = job.HidePaths(missing.Message) });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return snapshot => job.Cancellation.IsCancellationRequested
                ? snapshot.ToFailed(JobErrors.Cancelled(snapshot.MayBeBilled), JobStatus.Cancelled)
                : snapshot.ToFailed(JobErrors.Interrupted(snapshot.MayBeBilled), JobStatus.Interrupted);
        }
        catch (Exception bug)
        {
            LogBug(bug, job.Id);
            return snapshot => snapshot.ToFailed(JobErrors.Unexpected(snapshot.MayBeBilled));
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {Job} is {Status} with {Images} images")]
    private partial void LogCompleted(string job, JobStatus status, int images);

    [LoggerMessage(LogLevel.Information, "Job {Job} is left to the next process")]
    private partial void LogSuspended(string job);

    [LoggerMessage(LogLevel.Error, "Job {Job} failed unexpectedly")]
    private partial void LogBug(Exception bug, string job);
}
