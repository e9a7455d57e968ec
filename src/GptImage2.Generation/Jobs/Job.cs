using GptImage2.Generation.Errors;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Rendering;

namespace GptImage2.Generation.Jobs;

/// <summary>One making, in the process that does it. It owns its progress and its own token.</summary>
public sealed class Job(JobPlan plan, JobSnapshot first, TimeProvider clock) : JobHandle(clock), IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancelled = new();
    private readonly TimeProvider _clock = clock;
    private JobSnapshot _view = first;
    private TaskCompletionSource _changed = CreateSignal();

    public override string Id { get; } = first.Id;

    public JobPlan Plan { get; private set; } = plan;

    public JobSnapshot Snapshot
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
    internal Action<JobSnapshot>? OnChanged { get; set; }

    /// <summary>Ends when somebody who may has cancelled the job itself.</summary>
    internal CancellationToken Cancellation => _cancelled.Token;

    public void EnterStage(JobStage stage) => Update(view => view.Stage == stage ? view : view with { Stage = stage, Status = JobStatus.Running, QueuePosition = null });

    /// <summary>It waits for a backend that has no room; nothing has been sent.</summary>
    /// <param name="place">How many wait before it.</param>
    public void ReportQueuePosition(int place) => Update(view => view with { Stage = JobStage.Queued, Status = JobStatus.Queued, QueuePosition = place });

    public void AddPartial() => Update(view => view with { Partials = view.Partials + 1 });

    public void AddImage(DeliveredImage image) => Update(view => view with { Images = [.. view.Images, image] });

    public void AddWarning(string warning) => Update(view => view with { Warnings = [.. view.Warnings, warning] });

    /// <summary>The service refused the plan as it was, unbilled, and another way to the same pictures is tried.</summary>
    public void ReplacePlan(JobPlan plan)
    {
        Plan = plan;
        Update(view => view with { Summary = JobSummary.FromPlan(plan) });
    }

    public void RecordOutcome(RenderOutcome outcome) => Update(view => view with { Outcome = outcome, Usd = JobSummary.CalculateActualCost(Plan, outcome.Usage) });

    /// <summary>A picture is there, but is not what was asked for; the job goes on with the others.</summary>
    public void RecordFailure(Failure failure) => Update(view => view with { Failure = failure });

    /// <summary>From here on the service may bill.</summary>
    internal void MarkSent() => Update(view => view with { Sent = true });

    internal void Cancel() => _cancelled.Cancel();

    /// <summary>Tells everybody that it is over.</summary>
    internal void Complete(JobSnapshot over) => Update(_ => over);

    public void Dispose() => _cancelled.Dispose();

    protected override Task<(JobSnapshot View, Task Changed)> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult((_view with { ObservedAt = _clock.GetUtcNow() }, _changed.Task));
        }
    }

    private void Update(Func<JobSnapshot, JobSnapshot> change)
    {
        TaskCompletionSource signal;
        JobSnapshot changed;
        lock (_gate)
        {
            _view = changed = change(_view) with { Changed = _clock.GetUtcNow() };
            signal = _changed;
            _changed = CreateSignal();
        }

        signal.SetResult();
        OnChanged?.Invoke(changed);
    }

    private static TaskCompletionSource CreateSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
