using GptImage2.Generation.Failures;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Jobs;

/// <summary>All jobs of this process. Nothing else starts one.</summary>
public sealed partial class JobBoard(TimeProvider clock, ILogger<JobBoard> logger) : IDisposable
{
    /// <summary>How long a finished job waits for a caller that comes back for its pictures.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, (Job Job, Task Work)> _live = new(StringComparer.Ordinal);

    /// <summary>Whether any job has not ended.</summary>
    public bool IsBusy => Unfinished() is not [];

    /// <summary>
    /// Starts the plan, or joins its twin: a job with the same fingerprint that is running, or that ended lately without
    /// any call having returned what came of it. A failure that cost nothing needs no telling.
    /// </summary>
    /// <param name="body">What making means; it runs under the job's own token, never a caller's.</param>
    public Job StartOrJoin(JobPlan plan, Func<Job, CancellationToken, Task> body)
    {
        var fingerprint = Fingerprint.Of(plan);
        lock (_gate)
        {
            Forget();
            if (_live.TryGetValue(fingerprint, out var twin) && IsOpen(twin.Job))
            {
                LogJoined(twin.Job.View.Id);
                return twin.Job;
            }

            var now = clock.GetUtcNow();
            var job = new Job(new JobView { Id = Id.ForJob(), Plan = plan, Started = now, Changed = now, Warnings = plan.Warnings }, clock);
            _live[fingerprint] = (job, Task.Run(() => RunAsync(job, body), CancellationToken.None));
            return job;
        }
    }

    /// <summary>The owner's jobs that run or are remembered, newest first.</summary>
    public IReadOnlyList<JobView> Of(string owner)
    {
        lock (_gate)
        {
            Forget();
            return [.. _live.Values.Select(entry => entry.Job.View).Where(view => view.Plan.Caller.Owner == owner).OrderByDescending(view => view.Started)];
        }
    }

    /// <summary>Waits for running jobs, at most as long as the grace; what is left then is interrupted.</summary>
    public async Task DrainAsync(TimeSpan grace)
    {
        var work = Task.WhenAll(Unfinished());
        await Task.WhenAny(work, Task.Delay(grace, clock));
        await _stopping.CancelAsync();
        await Task.WhenAll(Unfinished());
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(Job job, Func<Job, CancellationToken, Task> body)
    {
        try
        {
            await body(job, _stopping.Token);
            job.Finish();
        }
        catch (ImageException expected)
        {
            job.Fail(expected.Failure);
        }
        catch (ImagingUnavailableException missing)
        {
            job.Fail(new Failure { Code = FailureCode.ImagingUnavailable, Message = missing.Message });
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            job.Fail(Interrupted, JobStatus.Interrupted);
        }
        catch (Exception bug)
        {
            LogBug(bug, job.View.Id);
            job.Fail(Unexpected);
        }

        LogOver(job.View.Id, job.View.Status, job.View.Images.Count);
    }

    private Task[] Unfinished()
    {
        lock (_gate)
        {
            return [.. _live.Values.Select(entry => entry.Work).Where(work => !work.IsCompleted)];
        }
    }

    /// <summary>Callers who were told to ask again were promised that it costs nothing more; so a failure that may be billed is told first.</summary>
    private bool IsOpen(Job job) => !job.View.IsOver || (job.View.Failure?.Billed is not Billing.No && !job.Collected && !IsOld(job));

    private bool IsOld(Job job) => job.View.IsOver && clock.GetUtcNow() - job.View.Changed > Remembered;

    private void Forget()
    {
        foreach (var (key, _) in _live.Where(entry => IsOld(entry.Value.Job)).ToArray())
        {
            _live.Remove(key);
        }
    }

    private static Failure Interrupted { get; } = new()
    {
        Code = FailureCode.AnswerLost,
        Message = "The server ended before the picture was there. The service may bill the request all the same.",
        Retry = RetryAdvice.Same,
        Billed = Billing.Unknown,
    };

    private static Failure Unexpected { get; } = new()
    {
        Code = FailureCode.Internal,
        Message = "Something unforeseen went wrong in this server; its log file has the details. Pictures that arrived are in list_images.",
        Retry = RetryAdvice.Same,
        Billed = Billing.Unknown,
    };

    [LoggerMessage(LogLevel.Information, "Job {Job} joined by the same request")]
    private partial void LogJoined(string job);

    [LoggerMessage(LogLevel.Information, "Job {Job} is {Status} with {Images} images")]
    private partial void LogOver(string job, JobStatus status, int images);

    [LoggerMessage(LogLevel.Error, "Job {Job} hit a bug")]
    private partial void LogBug(Exception bug, string job);
}
