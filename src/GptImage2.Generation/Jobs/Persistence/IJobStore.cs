namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>Remembers jobs and what they cost, for all processes of one catalog. Amounts are millionths of a USD.</summary>
public interface IJobStore
{
    /// <summary>
    /// Starts a job, or finds its twin, or refuses it because of what was spent today: one transaction, so that no two
    /// processes can start the same, and none can spend what another has just taken.
    /// </summary>
    Task<JobStartResult> TryStartAsync(JobRecord job, JobStartConditions rules, CancellationToken cancellationToken);

    /// <returns>The job, or null when the owner has none such.</returns>
    Task<JobRecord?> FindJobAsync(string owner, string id, CancellationToken cancellationToken);

    /// <summary>The owner's jobs, newest first.</summary>
    Task<IReadOnlyList<JobRecord>> ListJobsAsync(string owner, int limit, CancellationToken cancellationToken);

    /// <summary>Jobs of all owners that have not ended, whoever makes them.</summary>
    Task<IReadOnlyList<JobRecord>> ListUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>Writes down how far a job is. A job that has ended stays as it ended.</summary>
    Task SaveAsync(JobProgress progress, CancellationToken cancellationToken);

    /// <summary>Writes down how a job ended and what it cost, together.</summary>
    Task CompleteAsync(JobCompletion end, CancellationToken cancellationToken);

    /// <summary>Some call has returned this job's pictures, so the same request again is a new one.</summary>
    Task MarkCollectedAsync(string id, CancellationToken cancellationToken);

    /// <summary>Takes a job over from a process that has died.</summary>
    /// <returns>Whether it is ours now; false when another was faster.</returns>
    Task<bool> ClaimAsync(string id, string from, string to, CancellationToken cancellationToken);

    /// <returns>What the jobs of that kind took that ended well lately, newest first.</returns>
    Task<IReadOnlyList<TimeSpan>> ListDurationsAsync(string kind, int limit, CancellationToken cancellationToken);

    /// <summary>Every entry of the ledger from that day on.</summary>
    /// <param name="from">UTC.</param>
    Task<IReadOnlyList<LedgerEntry>> ListLedgerAsync(DateOnly from, CancellationToken cancellationToken);
}

/// <summary>A job as the catalog holds it. What a job is lies in <see cref="State"/>; everything else is what it is found by.</summary>
public sealed record JobRecord
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>The same for jobs that would make, and bill, the same thing twice.</summary>
    public required string DeduplicationKey { get; init; }

    /// <summary>The process that makes it.</summary>
    public required string InstanceId { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Null while it is being made.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether the request may have reached the service, and may be billed.</summary>
    public bool Sent { get; init; }

    public bool Collected { get; init; }

    /// <summary>Jobs of one kind take about as long.</summary>
    public required string Kind { get; init; }

    /// <summary>How it stands, as JSON.</summary>
    public required string State { get; init; }

    /// <summary>Enough to finish its pictures after a crash, as JSON.</summary>
    public required string Plan { get; init; }

    /// <summary>What it may cost, or null when it costs nothing.</summary>
    public LedgerEntry? Cost { get; init; }
}

/// <summary>How far a job is.</summary>
/// <param name="Sent">Once true it stays true.</param>
/// <param name="Plan">Null where it has not changed.</param>
public sealed record JobProgress(string Id, bool Sent, string State, string? Plan = null);

/// <summary>How a job ended.</summary>
/// <param name="Joinable">Whether the same request again is given what came of this one, as long as nobody has collected it.</param>
/// <param name="Duration">How long it took, where it ended well; null otherwise.</param>
/// <param name="ActualMicroUsd">In millionths; null where only the reservation is known.</param>
public sealed record JobCompletion(string Id, DateTimeOffset Ended, string State, bool Joinable, TimeSpan? Duration, CostCertainty Certainty, long? ActualMicroUsd);

/// <summary>What a call cost, or may cost.</summary>
public sealed record LedgerEntry
{
    /// <summary>UTC.</summary>
    public required DateOnly Day { get; init; }

    public required string Tool { get; init; }

    public required string Model { get; init; }

    /// <summary>The most it can cost in millionths of a USD; null where nobody can tell.</summary>
    public long? Reserved { get; init; }

    /// <summary>What it did cost; null until the service has said so.</summary>
    public long? Actual { get; init; }

    public CostCertainty Certainty { get; init; }

    /// <summary>What counts towards the caps, in millionths of a USD.</summary>
    public long Counted => Actual ?? Reserved ?? 0;
}

/// <summary>How sure an amount is.</summary>
public enum CostCertainty
{
    /// <summary>The job is being made; the reservation counts.</summary>
    Reserved,

    /// <summary>The service has said it.</summary>
    Known,

    /// <summary>It was billed, and costs no more than was reserved.</summary>
    Bound,

    /// <summary>Nobody knows whether it was billed; the reservation goes on counting.</summary>
    Uncertain,
}

/// <summary>What decides whether a job starts.</summary>
/// <param name="Fresh">Never join.</param>
/// <param name="JoinableSince">Jobs that ended before are forgotten.</param>
/// <param name="DailyCap">Most that may be spent on the job's day, in millionths of a USD; null for no cap.</param>
public sealed record JobStartConditions(bool Fresh, DateTimeOffset JoinableSince, long? DailyCap);

/// <summary>What came of a start. Closed: these are all the cases there are.</summary>
public abstract record JobStartResult
{
    private JobStartResult()
    {
    }

    /// <summary>The job is the caller's to make.</summary>
    public sealed record Started : JobStartResult;

    /// <summary>It is made already, or was and nobody has collected it.</summary>
    public sealed record Joined(JobRecord Duplicate) : JobStartResult;

    /// <summary>It may cost more than is left of the day.</summary>
    /// <param name="Spent">On that day so far, reservations included.</param>
    public sealed record Refused(long Spent) : JobStartResult;
}
