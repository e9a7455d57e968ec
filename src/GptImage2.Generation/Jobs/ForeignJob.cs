using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs;

/// <summary>A job that another process makes, or that ended before this one began: seen through its row.</summary>
internal sealed class ForeignJob(JobRow first, IJobCatalog jobs, ICatalog catalog, Func<JobRow, bool> isLost, Func<JobRow, Task> repair, TimeProvider clock) : ObservedJob(clock)
{
    /// <summary>How often the row is read: often enough to be told soon, seldom enough to cost nothing.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock = clock;

    public override string Id => first.Id;

    protected override async Task<(JobView View, Task Changed)> LookAsync(CancellationToken cancellationToken)
    {
        var row = await jobs.FindJobAsync(first.Owner, first.Id, cancellationToken) ?? first;
        if (isLost(row))
        {
            await repair(row);
            row = await jobs.FindJobAsync(first.Owner, first.Id, cancellationToken) ?? row;
        }

        var view = await JobState.ReadAsync(row, catalog, cancellationToken);
        return (view with { Seen = _clock.GetUtcNow() }, Task.Delay(Interval, _clock, cancellationToken));
    }
}
