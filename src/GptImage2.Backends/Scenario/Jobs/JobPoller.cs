using GptImage2.Backends.Scenario.Protocol;

namespace GptImage2.Backends.Scenario.Jobs;

/// <summary>
/// Asks about all running jobs of the project from one loop, each in turn, so that many of them do not exceed the project's
/// limit: a job is asked about every two seconds, and less often the more there are. It ends when nobody waits.
/// </summary>
internal sealed class JobPoller(ScenarioOptions options, ScenarioClient client, TimeProvider time)
{
    /// <summary>So many jobs share one interval before they are asked less often.</summary>
    private static readonly TimeSpan LeastGap = TimeSpan.FromSeconds(0.6);

    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private bool _running;

    /// <summary>Waits until the job is over.</summary>
    /// <param name="onProgress">Called with 0 to 1 whenever the job was asked about.</param>
    /// <exception cref="ImageException">The service refuses to tell, or the job is not over in time.</exception>
    public async Task<ScenarioJob> WaitAsync(string jobId, Action<double> onProgress, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var waiter = new Waiter(jobId, onProgress);
        lock (_gate)
        {
            _waiters.Add(waiter);
            if (!_running)
            {
                _running = true;
                _ = Task.Run(PollAsync, CancellationToken.None);
            }
        }

        try
        {
            return await waiter.Over.Task.WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ImageException(JobErrors.StillRunning(jobId, options.Timeout));
        }
        finally
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    private async Task PollAsync()
    {
        while (Take() is { } waiters)
        {
            var gap = TimeSpan.FromTicks(Math.Max(options.PollInterval.Ticks / waiters.Length, Math.Min(LeastGap.Ticks, options.PollInterval.Ticks)));
            foreach (var waiter in waiters)
            {
                await Task.Delay(gap, time);
                await AskAsync(waiter);
            }
        }
    }

    /// <returns>Those who wait; null, and the loop is over, when nobody does.</returns>
    private Waiter[]? Take()
    {
        lock (_gate)
        {
            Waiter[] waiters = [.. _waiters.Where(waiter => !waiter.Over.Task.IsCompleted)];
            _running = waiters is not [];
            return _running ? waiters : null;
        }
    }

    private async Task AskAsync(Waiter waiter)
    {
        try
        {
            var job = ScenarioJob.Read(await client.FollowAsync($"jobs/{Uri.EscapeDataString(waiter.JobId)}", CancellationToken.None));
            waiter.OnProgress(job.Progress);
            if (job.IsOver)
            {
                waiter.Over.TrySetResult(job);
            }
        }
        catch (Exception failure) when (IsPassing(failure))
        {
            // The job goes on at the service; the next round asks again.
            _ = failure;
        }
        catch (ImageException refused)
        {
            waiter.Over.TrySetException(new ImageException(JobErrors.OutOfSight(refused.Failure, waiter.JobId), refused));
        }
        catch (Exception failure)
        {
            waiter.Over.TrySetException(failure);
        }
    }

    private static bool IsPassing(Exception failure) => failure
        is ImageException { Failure.Code: FailureCode.ServiceFailed or FailureCode.ServiceUnreachable or FailureCode.RateLimited or FailureCode.AnswerLost }
        or Http.MalformedResponseException;

    private sealed record Waiter(string JobId, Action<double> OnProgress)
    {
        public TaskCompletionSource<ScenarioJob> Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
