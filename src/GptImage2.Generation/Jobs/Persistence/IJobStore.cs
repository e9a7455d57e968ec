using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>
/// Records jobs and what they cost, for all processes of one catalog. Amounts are millionths of a USD. Every read for a caller
/// takes the owner; what is written by an id alone is a job that was started, or found, for its owner.
/// </summary>
public interface IJobStore
{
    /// <summary>
    /// Starts a job, or finds its duplicate, or refuses it because of what was spent today: one transaction, so that no two
    /// processes can start the same, and none can spend what another has just reserved.
    /// </summary>
    Task<JobStartResult> TryStartAsync(JobRecord job, JobStartConditions conditions, CancellationToken cancellationToken);

    /// <returns>The job, or null when the owner has none of that id.</returns>
    Task<JobRecord?> FindJobAsync(string owner, string id, CancellationToken cancellationToken);

    /// <summary>For what carries only the id of its job: files that a crash has left.</summary>
    /// <returns>The job's owner, or null when neither the job nor an image of it is known.</returns>
    Task<string?> FindOwnerAsync(string jobId, CancellationToken cancellationToken);

    /// <returns>The snapshots, as JSON, of the owner's jobs that wrote copies: those that still run, then those that ended last.</returns>
    /// <param name="limit">How many of the newest jobs are looked at.</param>
    Task<IReadOnlyList<string>> ListStatesWithCopiesAsync(string owner, int limit, CancellationToken cancellationToken);

    /// <summary>The owner's jobs, newest first, without those that draw one panel for another job.</summary>
    Task<IReadOnlyList<JobRecord>> ListJobsAsync(string owner, int limit, CancellationToken cancellationToken);

    /// <summary>Jobs of all owners and processes that have not ended.</summary>
    Task<IReadOnlyList<JobRecord>> ListUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>Puts another reservation in the place of an unsent job's own, or of none where it cost nothing so far, unless that exceeds a cap of the day on which the job began.</summary>
    /// <returns>The cap that keeps it from being changed, or null.</returns>
    Task<DailyExcess?> ChangeReservationAsync(string id, string owner, LedgerEntry reservation, DailyCaps caps, CancellationToken cancellationToken);

    /// <summary>Records how far a job is. A job that has ended is not changed.</summary>
    /// <param name="sent">Once true it stays true.</param>
    /// <param name="plan">Null where it has not changed.</param>
    /// <param name="durable">Whether this, and everything recorded before, must survive a power failure.</param>
    Task SaveAsync(string id, bool sent, string state, string? plan, bool durable, CancellationToken cancellationToken);

    /// <summary>Records how a job ended and what it cost, together and durably.</summary>
    Task CompleteAsync(JobCompletion completion, CancellationToken cancellationToken);

    /// <summary>Some call has returned this job's images, so the same request, if it arrives after that moment, is a new one.</summary>
    /// <param name="sentAt">When they set out to their caller.</param>
    Task MarkCollectedAsync(string id, DateTimeOffset sentAt, CancellationToken cancellationToken);

    /// <summary>The caller who was sent this job's images had cancelled the call: the same request joins the job again, unless a newer one like it is joined by now.</summary>
    Task MarkUncollectedAsync(string id, CancellationToken cancellationToken);

    /// <summary>Takes a job over from a process that has died.</summary>
    /// <returns>Whether it is ours now; false when another process was faster.</returns>
    Task<bool> ClaimAsync(string id, string from, string to, CancellationToken cancellationToken);

    /// <returns>The durations, without the time in the queue, of the newest jobs of that kind that ended well, newest first.</returns>
    Task<IReadOnlyList<TimeSpan>> ListDurationsAsync(string kind, int limit, CancellationToken cancellationToken);

    /// <summary>The owner's entries of the ledger from that UTC day on.</summary>
    Task<IReadOnlyList<LedgerEntry>> ListLedgerAsync(string owner, DateOnly from, CancellationToken cancellationToken);

    /// <summary>What counts towards the caps of that UTC day.</summary>
    Task<DailySpending> GetDailySpendingAsync(string owner, DateOnly day, CancellationToken cancellationToken);
}
