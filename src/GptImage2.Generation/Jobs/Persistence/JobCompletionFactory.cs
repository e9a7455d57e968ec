using GptImage2.Generation.Errors;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>What a job that is over leaves in the catalog: how it ended, and what it cost.</summary>
internal static class JobCompletionFactory
{
    public static JobCompletion Create(JobSnapshot view, DateTimeOffset ended)
    {
        var (certainty, usd) = DetermineCost(view);
        return new JobCompletion(
            view.Id,
            ended,
            JobSnapshotDto.Serialize(view),
            // Callers who were told to ask again were promised that it costs nothing more; so a failure that may be billed is told first.
            Joinable: view.Images is not [] || view.Failure?.Billed is not Billing.No,
            Duration: view.Status is JobStatus.Done && view.Elapsed > TimeSpan.Zero ? view.Elapsed : null,
            certainty,
            usd);
    }

    private static (CostCertainty Certainty, long? Usd) DetermineCost(JobSnapshot view) => view switch
    {
        { Usd: { } usd } => (CostCertainty.Known, MicroUsd.FromUsd(usd)),
        { Sent: false } or { Images: [], Failure.Billed: Billing.No } => (CostCertainty.Known, 0),
        { Failure: null } or { Failure.Billed: Billing.Yes } => (CostCertainty.Bound, null),
        _ => (CostCertainty.Uncertain, null),
    };
}
