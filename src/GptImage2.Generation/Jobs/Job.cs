using GptImage2.Generation.Failures;
using GptImage2.Generation.Rendering;

namespace GptImage2.Generation.Jobs;

/// <summary>One making, in the process that does it. It owns its progress and its own token.</summary>
public sealed class Job(JobPlan plan, JobView first, TimeProvider clock) : ObservedJob(clock), IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancelled = new();
    private readonly TimeProvider _clock = clock;
    private JobView _view = first;
    private TaskCompletionSource _changed = NewSignal();

    public override string Id { get; } = first.Id;

    public JobPlan Plan { get; private set; } = plan;

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

    /// <summary>Hears of every change, after it.</summary>
    internal Action<JobView>? Changed { get; set; }

    /// <summary>Ends when somebody who may has cancelled the job itself.</summary>
    internal CancellationToken Cancelled => _cancelled.Token;

    public void Enter(JobStage stage) => Change(view => view.Stage == stage ? view : view with { Stage = stage, Status = JobStatus.Running, Place = null });

    /// <summary>It waits for a backend that has no room; nothing has been sent.</summary>
    /// <param name="place">How many wait before it.</param>
    public void Queue(int place) => Change(view => view with { Stage = JobStage.Queued, Status = JobStatus.Queued, Place = place });

    public void AddPartial() => Change(view => view with { Partials = view.Partials + 1 });

    public void Add(DeliveredImage image) => Change(view => view with { Images = [.. view.Images, image] });

    public void Warn(string warning) => Change(view => view with { Warnings = [.. view.Warnings, warning] });

    /// <summary>The service refused the plan as it was, unbilled, and another way to the same pictures is tried.</summary>
    public void Amend(JobPlan plan)
    {
        Plan = plan;
        Change(view => view with { Order = JobOrder.Of(plan) });
    }

    public void Settle(RenderOutcome outcome) => Change(view => view with { Outcome = outcome, Usd = JobOrder.Actual(Plan, outcome.Usage) });

    /// <summary>A picture is there, but is not what was asked for; the job goes on with the others.</summary>
    public void Blame(Failure failure) => Change(view => view with { Failure = failure });

    /// <summary>From here on the service may bill.</summary>
    internal void MarkSent() => Change(view => view with { Sent = true });

    internal void Cancel() => _cancelled.Cancel();

    /// <summary>Tells everybody that it is over.</summary>
    internal void End(JobView over) => Change(_ => over);

    public void Dispose() => _cancelled.Dispose();

    protected override Task<(JobView View, Task Changed)> LookAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult((_view with { Seen = _clock.GetUtcNow() }, _changed.Task));
        }
    }

    private void Change(Func<JobView, JobView> change)
    {
        TaskCompletionSource signal;
        JobView changed;
        lock (_gate)
        {
            _view = changed = change(_view) with { Changed = _clock.GetUtcNow() };
            signal = _changed;
            _changed = NewSignal();
        }

        signal.SetResult();
        Changed?.Invoke(changed);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
