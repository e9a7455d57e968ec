using GptImage2.Generation.Rendering;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs;

/// <summary>A job at one moment. Immutable: a waiter receives a series of these.</summary>
public sealed record JobSnapshot
{
    public required string Id { get; init; }

    public required JobSummary Summary { get; init; }

    public JobStatus Status { get; init; } = JobStatus.Queued;

    public JobStage Stage { get; init; } = JobStage.Queued;

    /// <summary>How many wait before this one for the same backend; null when it does not wait.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Whether the request may have reached the service, and may be billed.</summary>
    public bool Sent { get; init; }

    /// <summary>What it takes to find the request at the service again, for a service that keeps it; null where there is no such thing, or nothing was sent.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Whether ending it now may waste money.</summary>
    public bool MayBeBilled => Sent && Summary.Price.Unit is not CostUnit.None;

    public required DateTimeOffset Started { get; init; }

    /// <summary>When it got its slot at the backend; null while it waits.</summary>
    public DateTimeOffset? Begun { get; init; }

    public required DateTimeOffset Changed { get; init; }

    /// <summary>When this snapshot was taken: a job that is silent for a minute has not changed, and is a minute older all the same.</summary>
    public DateTimeOffset ObservedAt { get; init; }

    /// <summary>How long it took, or has taken so far.</summary>
    public TimeSpan Elapsed => (IsOver ? Changed : ObservedAt) - Started;

    /// <summary>The same without the time in the queue; null while it waits.</summary>
    public TimeSpan? Worked => (IsOver ? Changed : ObservedAt) - Begun;

    /// <summary>Images that are ready for the caller, in the order they arrived.</summary>
    public IReadOnlyList<DeliveredImage> Images { get; init; } = [];

    /// <summary>What similar jobs took, without their time in the queue; null where there were none, or it was not looked up.</summary>
    public TimeSpan? TypicalDuration { get; init; }

    /// <summary>What is left of it by what similar jobs took, its queue included; null where that cannot be known.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>How much of it the service says is done, 0 to 1; null where it does not say.</summary>
    public double? Progress { get; init; }

    /// <summary>How many partial images the service has sent.</summary>
    public int Partials { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What has become of the panels of a board so far, in reading order; empty for anything else.</summary>
    public IReadOnlyList<PanelResult> Panels { get; init; } = [];

    /// <summary>What the service reported at the end, or null while it runs or when it failed.</summary>
    public RenderOutcome? Outcome { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>What it cost in USD by what the service reported; null where that is unknown.</summary>
    public decimal? Usd { get; init; }

    public bool IsOver => Status is not (JobStatus.Planned or JobStatus.Queued or JobStatus.Running);

    /// <summary>The same job without paths of this machine in its texts: it may have been started by the same owner over another connection.</summary>
    public JobSnapshot HidePaths(StorageOptions storage) => this with
    {
        Warnings = [.. Warnings.Select(storage.HidePaths)],
        Failure = Failure is null ? null : Failure with { Message = storage.HidePaths(Failure.Message) },
        Panels = [.. Panels.Select(panel => panel.Failure is { } failure ? panel with { Failure = failure with { Message = storage.HidePaths(failure.Message) } } : panel)],
    };

    /// <summary>The same job, over; a failure on the way makes it partial.</summary>
    internal JobSnapshot ToCompleted() => this with { Status = Failure is null ? JobStatus.Done : JobStatus.Partial, Stage = JobStage.Over, QueuePosition = null };

    /// <summary>The same job, ended by the failure.</summary>
    internal JobSnapshot ToFailed(Failure failure, JobStatus status = JobStatus.Failed) => this with
    {
        Status = Images is [] ? status : JobStatus.Partial,
        Stage = JobStage.Over,
        QueuePosition = null,
        Failure = failure,
    };
}

/// <summary>A stored image, and the further copies that were asked for.</summary>
/// <param name="Copies">Absolute paths.</param>
public sealed record DeliveredImage(ImageRecord Record, IReadOnlyList<string> Copies)
{
    /// <summary>Whether the copy took the place of a file.</summary>
    public bool Replaced { get; init; }
}
