using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>A job's row in the catalog. What a job is stands in <see cref="State"/>; everything else is what it is found by.</summary>
public sealed record JobRecord
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>The same for jobs that would make, and bill, the same thing twice.</summary>
    public required string DeduplicationKey { get; init; }

    /// <summary>The process that runs it.</summary>
    public required string InstanceId { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether the request may have reached the service, and may be billed.</summary>
    public bool Sent { get; init; }

    /// <summary>Jobs of one kind take about the same time.</summary>
    public required string Kind { get; init; }

    /// <summary>Its snapshot, as JSON.</summary>
    public required string State { get; init; }

    /// <summary>Enough to finish its images after a crash, as JSON.</summary>
    public required string Plan { get; init; }

    /// <summary>What it may cost, or null when it costs nothing.</summary>
    public LedgerEntry? Cost { get; init; }
}

/// <summary>What decides whether a job starts.</summary>
/// <param name="Fresh">Never join.</param>
/// <param name="ReceivedAt">When the call arrived. A result that was on its way to its caller only later is not what this call asks to have made again.</param>
/// <param name="JoinableSince">Jobs that ended before are not joined.</param>
/// <param name="Caps">Most that may be spent on the job's day.</param>
public sealed record JobStartConditions(bool Fresh, DateTimeOffset ReceivedAt, DateTimeOffset JoinableSince, DailyCaps Caps);

/// <summary>The outcome of a start. Closed: these are all the cases there are.</summary>
public abstract record JobStartResult
{
    private JobStartResult()
    {
    }

    /// <summary>The job is the caller's to run.</summary>
    public sealed record Started : JobStartResult;

    /// <summary>The same job is running, or ended without its images having been collected before the call arrived.</summary>
    public sealed record Joined(JobRecord Duplicate) : JobStartResult;

    /// <summary>It may cost more than is left of the day.</summary>
    public sealed record Refused(DailyExcess Excess) : JobStartResult;
}
