using GptImage2.Generation.Failures;
using GptImage2.Generation.Rendering;

namespace GptImage2.Generation.Jobs;

/// <summary>
/// One making, observed by any number of waiters. It owns its progress and its own token: a waiter that leaves ends its
/// waiting and nothing else.
/// </summary>
public sealed class Job(JobView first, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private JobView _view = first;
    private TaskCompletionSource _changed = NewSignal();

    public JobPlan Plan => View.Plan;

    public JobView View
    {
        get
        {
            lock (_gate)
            {
                return _view;
            }
        }
    }

    /// <summary>Whether some call has returned this job's pictures.</summary>
    public bool Collected { get; private set; }

    public void Enter(JobStage stage) => Change(view => view.Stage == stage ? view : view with { Stage = stage, Status = JobStatus.Running, Place = null });

    /// <summary>It waits for a backend that has no room; nothing has been sent.</summary>
    /// <param name="place">How many wait before it.</param>
    public void Queue(int place) => Change(view => view with { Stage = JobStage.Queued, Status = JobStatus.Queued, Place = place });

    public void AddPartial() => Change(view => view with { Partials = view.Partials + 1 });

    public void Add(DeliveredImage image) => Change(view => view with { Images = [.. view.Images, image] });

    public void Warn(string warning) => Change(view => view with { Warnings = [.. view.Warnings, warning] });

    /// <summary>The service refused the plan as it was, unbilled, and another way to the same pictures is tried.</summary>
    public void Amend(JobPlan plan) => Change(view => view with { Plan = plan });

    public void Settle(RenderOutcome outcome) => Change(view => view with { Outcome = outcome });

    /// <summary>A picture is there, but is not what was asked for; the job goes on with the others.</summary>
    public void Blame(Failure failure) => Change(view => view with { Failure = failure });

    internal void Finish() => Change(view => view with { Status = view.Failure is null ? JobStatus.Done : JobStatus.Partial, Stage = JobStage.Over });

    internal void Fail(Failure failure, JobStatus status = JobStatus.Failed) => Change(view => view with
    {
        Status = view.Images is [] ? status : JobStatus.Partial,
        Stage = JobStage.Over,
        Place = null,
        Failure = failure,
    });

    /// <summary>
    /// Waits until the job is over or patience ends, and reports the job at once, at every change, and at least once a
    /// heartbeat. Pictures that are returned count as collected.
    /// </summary>
    /// <exception cref="OperationCanceledException">The waiter gave up; the job goes on.</exception>
    public async Task<JobView> WaitAsync(TimeSpan patience, TimeSpan heartbeat, IProgress<JobView> observer, CancellationToken cancellationToken)
    {
        using var timeUp = new CancellationTokenSource(patience, clock);
        while (true)
        {
            var (view, changed) = Look();
            observer.Report(view);

            if (view.IsOver || timeUp.IsCancellationRequested)
            {
                Collected |= view.IsOver && !cancellationToken.IsCancellationRequested;
                return view;
            }

            using var wake = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
            await Task.WhenAny(changed, Task.Delay(heartbeat, clock, wake.Token));
            await wake.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private (JobView View, Task Changed) Look()
    {
        lock (_gate)
        {
            return (_view with { Seen = clock.GetUtcNow() }, _changed.Task);
        }
    }

    private void Change(Func<JobView, JobView> change)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            _view = change(_view) with { Changed = clock.GetUtcNow() };
            signal = _changed;
            _changed = NewSignal();
        }

        signal.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
