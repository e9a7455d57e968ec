using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>A job that another process runs, or that ended before this one began: seen through its row.</summary>
internal sealed class RemoteJob(JobRecord initial, IJobStore jobs, IImageCatalog catalog, JobRecovery recovery, TimeProvider clock) : JobHandle(clock)
{
    /// <summary>Often enough to notice changes soon, seldom enough to cost nothing.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    public override string Id => initial.Id;

    protected override async Task<(JobSnapshot Snapshot, Task Changed)> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        var record = await ReadAsync(cancellationToken);
        if (recovery.IsOrphaned(record))
        {
            await recovery.RecoverJobAsync(record);
            record = await ReadAsync(cancellationToken);
        }

        var snapshot = await JobSnapshotDto.DeserializeAsync(record, catalog, cancellationToken);
        return (snapshot with { ObservedAt = Clock.GetUtcNow() }, Task.Delay(PollInterval, Clock, cancellationToken));
    }

    private async Task<JobRecord> ReadAsync(CancellationToken cancellationToken) =>
        await jobs.FindJobAsync(initial.Owner, initial.Id, cancellationToken) ?? initial;
}
