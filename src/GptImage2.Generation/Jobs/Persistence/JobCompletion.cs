using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>How a job ended.</summary>
/// <param name="Joinable">Whether the same request again receives this job's result, as long as it has not been collected.</param>
/// <param name="Duration">How long it took without its time in the queue, where it ended well; null otherwise.</param>
/// <param name="ActualMicroUsd">In millionths; null where only the reservation is known.</param>
public sealed record JobCompletion(string Id, DateTimeOffset Ended, string State, bool Joinable, TimeSpan? Duration, CostCertainty Certainty, long? ActualMicroUsd)
{
    /// <summary>What it cost in the service's own credits; null where only the reservation is known, or the service does not count in them.</summary>
    public decimal? Credits { get; init; }

    internal static JobCompletion FromSnapshot(JobSnapshot final, DateTimeOffset ended)
    {
        var (certainty, cost) = DetermineCost(final);
        return new JobCompletion(
            final.Id,
            ended,
            JobSnapshotDto.Serialize(final),
            // A failure that cost nothing promised that calling again is free; one that may be billed must be reported before more is spent.
            Joinable: final.Images is not [] || final.Failure?.Billed is not Billing.No,
            Duration: final.Status is JobStatus.Done && (final.Worked ?? final.Elapsed) is var took && took > TimeSpan.Zero ? took : null,
            certainty,
            cost)
        {
            Credits = final.Outcome?.Credits ?? (cost is 0 ? 0 : null),
        };
    }

    private static (CostCertainty Certainty, long? MicroUsd) DetermineCost(JobSnapshot final) => final switch
    {
        { Usd: { } usd } => (CostCertainty.Known, Spending.MicroUsd.FromUsd(usd)),
        { Sent: false } or { Images: [], Failure.Billed: Billing.No } => (CostCertainty.Known, 0),
        { Failure: null } or { Failure.Billed: Billing.Yes } => (CostCertainty.Bound, null),
        _ => (CostCertainty.Uncertain, null),
    };
}
