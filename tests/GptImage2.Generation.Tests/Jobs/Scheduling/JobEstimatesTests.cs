using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Testing.Time;

namespace GptImage2.Generation.Tests.Jobs.Scheduling;

/// <summary>What a job that waits says about its end.</summary>
public sealed class JobEstimatesTests : IDisposable
{
    private readonly WatchedTimeProvider _clock = new();
    private readonly SemaphoreSlim _drawn = new(0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_left_counts_the_queue_and_what_is_typical_does_not()
    {
        await using var host = Start(concurrency: 1);
        var past = await BeginAsync(host, "past", job => job.Begun is not null);
        await EndAsync(past, seconds: 40);

        var drawing = await BeginAsync(host, "drawing", job => job.Begun is not null);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var next = await BeginAsync(host, "next", job => job.QueuePosition is 0);
        var last = await BeginAsync(host, "last", job => job.QueuePosition is 1);

        (await LookAsync(host, drawing)).Remaining.ShouldBe(TimeSpan.FromSeconds(30));
        (await LookAsync(host, next)).Remaining.ShouldBe(TimeSpan.FromSeconds(30 + 40));
        (await LookAsync(host, last)).Remaining.ShouldBe(TimeSpan.FromSeconds(30 + 40 + 40));

        await EndAsync(drawing, seconds: 30);
        await UntilAsync(next, job => job.Begun is not null);
        (await LookAsync(host, last)).Remaining.ShouldBe(TimeSpan.FromSeconds(40 + 40));
        await EndAsync(next, seconds: 40);
        await UntilAsync(last, job => job.Begun is not null);
        await EndAsync(last, seconds: 40);

        var kind = (await last.GetSnapshotAsync(Cancellation)).Summary.Kind;
        (await host.GetService<IJobStore>().ListDurationsAsync(kind, 10, Cancellation)).ShouldAllBe(took => took == TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task Several_slots_empty_the_queue_faster()
    {
        await using var host = Start(concurrency: 2);
        var past = await BeginAsync(host, "past", job => job.Begun is not null);
        await EndAsync(past, seconds: 40);

        await BeginAsync(host, "first", job => job.Begun is not null);
        _clock.Advance(TimeSpan.FromSeconds(15));
        await BeginAsync(host, "second", job => job.Begun is not null);
        var third = await BeginAsync(host, "third", job => job.QueuePosition is 0);
        var fourth = await BeginAsync(host, "fourth", job => job.QueuePosition is 1);

        (await LookAsync(host, third)).Remaining.ShouldBe(TimeSpan.FromSeconds(25 + 40));
        (await LookAsync(host, fourth)).Remaining.ShouldBe(TimeSpan.FromSeconds(40 + 40));
    }

    public void Dispose() => _drawn.Dispose();

    private WorkflowHost Start(int concurrency)
    {
        var host = new WorkflowHost(_clock, new JobOptions { Concurrency = concurrency });
        host.Backend.Before = (index, cancellationToken) => index is 0 ? _drawn.WaitAsync(cancellationToken) : Task.CompletedTask;
        return host;
    }

    private static async Task<JobHandle> BeginAsync(WorkflowHost host, string prompt, Func<JobSnapshot, bool> until)
    {
        var job = await host.Jobs.StartOrJoinAsync(await host.PlanAsync(WorkflowHost.Request(prompt)), fresh: false, DateTimeOffset.UnixEpoch, Cancellation);
        await UntilAsync(job, until);
        return job;
    }

    private async Task EndAsync(JobHandle job, int seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _drawn.Release();
        await UntilAsync(job, snapshot => snapshot.IsOver);
    }

    private static Task<JobSnapshot> LookAsync(WorkflowHost host, JobHandle job) => host.Queries.WaitAsync(job, TimeSpan.Zero, new Unheard(), Cancellation);

    private static async Task UntilAsync(JobHandle job, Func<JobSnapshot, bool> condition)
    {
        while (!condition(await job.GetSnapshotAsync(Cancellation)))
        {
            await Task.Yield();
        }
    }

    private sealed class Unheard : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value)
        {
        }
    }
}
