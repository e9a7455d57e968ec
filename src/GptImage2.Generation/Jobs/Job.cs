using System.Diagnostics;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs;

/// <summary>A job in the process that runs it. It owns its progress and its own token.</summary>
/// <param name="storage">What its texts must not disclose to a caller elsewhere.</param>
public sealed class Job(JobPlan plan, JobSnapshot initial, StorageOptions storage, TimeProvider clock) : JobHandle(clock), IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancelled = new();
    private volatile JobSnapshot _snapshot = initial;
    private TaskCompletionSource _changed = CreateSignal();
    private bool _givenUp;

    public override string Id { get; } = initial.Id;

    public JobPlan Plan { get; private set; } = plan;

    public JobSnapshot Snapshot => _snapshot;

    /// <summary>Whether the plan is another than the one that the catalog has: it decides how a crashed job is finished.</summary>
    internal bool HasUnsavedPlan { get; set; }

    /// <summary>Its place in its trace, for calls that join it; null unless somebody listens.</summary>
    internal ActivityContext? Trace { get; set; }

    /// <summary>Where another process has left it, and how many of its images that one stored; null for a job that begins here.</summary>
    internal (string Checkpoint, int StoredImages)? Resumed { get; init; }

    /// <summary>Called after every change but that of its position, of which no other process hears.</summary>
    internal Action<JobSnapshot>? OnChanged { get; set; }

    /// <summary>Called after every change.</summary>
    internal Action<JobSnapshot>? Observer { get; set; }

    /// <summary>Completes when the job is over and its end has been written down.</summary>
    internal Task Work { get; set; } = Task.CompletedTask;

    /// <summary>Whether the catalog knows how it ended.</summary>
    internal bool IsRecorded { get; set; }

    /// <summary>Triggered when the job itself is cancelled, rather than a caller's wait.</summary>
    internal CancellationToken Cancellation => _cancelled.Token;

    public void EnterStage(JobStage stage) => Update(current => current.Stage == stage
        ? current
        : current with { Stage = stage, Status = JobStatus.Running, QueuePosition = null });

    /// <summary>It waits for a slot at its backend; nothing has been sent.</summary>
    /// <param name="position">How many wait before it.</param>
    public void ReportQueuePosition(int position) =>
        Update(current => current with { Stage = JobStage.Queued, Status = JobStatus.Queued, QueuePosition = position }, recorded: false);

    /// <param name="share">0 to 1, as the service says.</param>
    public void ReportProgress(double share) => Update(current => current.Progress == share ? current : current with { Progress = share }, recorded: false);

    /// <summary>What has become of the panels of a board so far.</summary>
    public void ReportPanels(IReadOnlyList<PanelResult> panels)
    {
        PanelResult[] shown = [.. panels.Select(panel => panel.Failure is { } failure ? panel with { Failure = HidePaths(failure) } : panel)];
        Update(current => current with { Panels = shown });
    }

    public void AddPartial() => Update(current => current with { Partials = current.Partials + 1 });

    public void AddImage(DeliveredImage image) => Update(current => current with { Images = [.. current.Images, image] });

    public void AddWarning(string warning)
    {
        var shown = HidePaths(warning);
        Update(current => current with { Warnings = [.. current.Warnings, shown] });
    }

    /// <summary>The service refused the plan as it was, unbilled, and another way to the same images is tried.</summary>
    public void ReplacePlan(JobPlan plan)
    {
        Plan = plan;
        HasUnsavedPlan = true;
        Update(current => current with { Summary = JobSummary.FromPlan(plan) });
    }

    public void RecordOutcome(RenderOutcome outcome) =>
        Update(current => current with { Outcome = outcome, Usd = PriceCalculator.CalculateActual(Plan.Validated.Profile.Tariff, outcome) });

    /// <summary>An image is there, but is not what was asked for; the job goes on with the others.</summary>
    public void RecordFailure(Failure failure)
    {
        var shown = HidePaths(failure);
        Update(current => current with { Failure = shown });
    }

    /// <summary>The text without paths of this machine where the caller may not see them.</summary>
    internal string HidePaths(string text) => Plan.Caller.LocalPathsAllowed ? text : storage.HidePaths(text);

    /// <inheritdoc cref="HidePaths(string)"/>
    internal Failure HidePaths(Failure failure) => failure with { Message = HidePaths(failure.Message) };

    /// <summary>It has its slot, and from here on the service may bill.</summary>
    /// <exception cref="OperationCanceledException">It was given up in the same moment; nothing may be sent.</exception>
    internal void MarkSent()
    {
        Update(current => _givenUp ? current : current with { Sent = true, Begun = current.Begun ?? Clock.GetUtcNow() });
        if (_givenUp)
        {
            _cancelled.Cancel();
            _cancelled.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What it takes to find the request at the service again; null where there is no such request any more.</summary>
    internal void RecordCheckpoint(string? checkpoint) => Update(current => current with { Checkpoint = checkpoint }, recorded: false);

    /// <summary>Ends the job, unless it is over, or what it was sent for is billed all the same.</summary>
    /// <param name="evenIfBilled">Whether that does not matter.</param>
    /// <returns>Whether it ends; decided in one step, so that what was free stays free.</returns>
    internal bool TryCancel(bool evenIfBilled)
    {
        lock (_gate)
        {
            if (_snapshot.IsOver || (_snapshot.MayBeBilled && !evenIfBilled))
            {
                return false;
            }

            _givenUp = true;
        }

        _cancelled.Cancel();
        return true;
    }

    internal void Complete(JobSnapshot final) => Update(_ => final);

    public void Dispose() => _cancelled.Dispose();

    protected override Task<(JobSnapshot Snapshot, Task Changed)> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult((_snapshot with { ObservedAt = Clock.GetUtcNow() }, _changed.Task));
        }
    }

    private void Update(Func<JobSnapshot, JobSnapshot> change, bool recorded = true)
    {
        TaskCompletionSource signal;
        JobSnapshot changed;
        lock (_gate)
        {
            _snapshot = changed = change(_snapshot) with { Changed = Clock.GetUtcNow() };
            signal = _changed;
            _changed = CreateSignal();
        }

        signal.SetResult();
        Observer?.Invoke(changed);
        if (recorded)
        {
            OnChanged?.Invoke(changed);
        }
    }

    private static TaskCompletionSource CreateSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
