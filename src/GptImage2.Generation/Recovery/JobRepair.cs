using GptImage2.Generation.Jobs;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Recovery;

/// <summary>Brings to an end what a process that died has left: adopts what arrived, finishes it, and writes down how the job ended.</summary>
internal sealed class JobRepair(IJobCatalog jobs, ICatalog catalog, Processes processes, TimeProvider clock) : IJobRepair
{
    public async Task RepairAsync(JobRow row)
    {
        if (!await jobs.ClaimAsync(row.Id, row.Process, processes.Own, CancellationToken.None))
        {
            return;
        }

        var view = await JobState.ReadAsync(row, catalog, CancellationToken.None);
        var now = clock.GetUtcNow();
        var ended = view with
        {
            Status = view.Images is [] ? JobStatus.Interrupted : view.Images.Count < view.Order.Count ? JobStatus.Partial : JobStatus.Done,
            Stage = JobStage.Over,
            Changed = now,
            Failure = view.Images.Count < view.Order.Count ? JobFailures.Interrupted(row.Sent) : null,
        };
        await jobs.EndAsync(JobEnding.Of(ended, now), CancellationToken.None);
    }
}
