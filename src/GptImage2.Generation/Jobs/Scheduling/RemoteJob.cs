using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>A job that another process makes, or that ended before this one began: seen through its row.</summary>
internal sealed class RemoteJob(JobRecord first, IJobStore jobs, IImageCatalog catalog, Func<JobRecord, bool> isLost, Func<JobRecord, Task> repair, TimeProvider clock) : JobHandle(clock)
{
    /// <summary>How often the row is read: often enough to be told soon, seldom enough to cost nothing.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock = clock;

    public override string Id => first.Id;

    protected override async Task<(JobSnapshot View, Task Changed)> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        var row = await jobs.FindJobAsync(first.Owner, first.Id, cancellationToken) ?? first;
        if (isLost(row))
        {
            await repair(row);
            row = await jobs.FindJobAsync(first.Owner, first.Id, cancellationToken) ?? row;
        }

        var view = await JobSnapshotDto.DeserializeAsync(row, catalog, cancellationToken);
        return (view with { ObservedAt = _clock.GetUtcNow() }, Task.Delay(Interval, _clock, cancellationToken));
    }
}
