using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Testing.Time;

namespace GptImage2.Generation.Tests.Jobs.Scheduling;

/// <summary>Two servers on one store, as far as one process can play both: each has its own lock, catalog connections and jobs.</summary>
public sealed class TwoServersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_request_to_the_other_server_joins_and_gets_the_same_images()
    {
        var gate = new TaskCompletionSource();
        await using var first = new WorkflowHost();
        await using var second = new WorkflowHost(on: first);
        first.Backend.Before = (_, cancellationToken) => gate.Task.WaitAsync(cancellationToken);

        var here = first.AskAsync(WorkflowHost.Request(), Cancellation);
        await first.Backend.CalledAsync(Cancellation);
        var joined = await second.StartAsync(WorkflowHost.Request(), (_, _) => throw new InvalidOperationException("drawn twice"));
        gate.SetResult();
        var there = await joined.WaitAsync(TestTimeouts.Safety, TimeSpan.FromSeconds(1), new Progress<JobSnapshot>(), Cancellation);

        there.Id.ShouldBe((await here).Id);
        there.Images.ShouldHaveSingleItem().Record.Id.ShouldBe((await here).Images[0].Record.Id);
        second.Backend.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Fresh_joins_nobody()
    {
        var gate = new TaskCompletionSource();
        await using var host = new WorkflowHost();
        var first = await host.StartAsync(WorkflowHost.Request(), (_, cancellationToken) => gate.Task.WaitAsync(cancellationToken));

        var second = await host.StartAsync(WorkflowHost.Request(), (_, _) => Task.CompletedTask, fresh: true);

        second.Id.ShouldNotBe(first.Id);
        gate.SetResult();
    }

    [Fact]
    public async Task Images_that_nobody_collected_are_there_for_another_server()
    {
        await using var first = new WorkflowHost();
        await using var second = new WorkflowHost(on: first);
        var job = await first.StartAsync(WorkflowHost.Request(), (_, _) => Task.CompletedTask);
        await job.WaitAsync(TestTimeouts.Safety, TimeSpan.FromSeconds(1), new Progress<JobSnapshot>(), Cancellation);
        await first.Jobs.DrainAsync(TestTimeouts.Safety);

        var joined = await second.StartAsync(WorkflowHost.Request(), (_, _) => throw new InvalidOperationException("drawn twice"));
        await second.Jobs.MarkCollectedAsync(joined.Id, DateTimeOffset.UnixEpoch);
        var after = await second.StartAsync(WorkflowHost.Request(), (_, _) => Task.CompletedTask);

        joined.Id.ShouldBe(job.Id);
        after.Id.ShouldNotBe(job.Id);
    }

    /// <summary>The first call's images are on their way to it while the second call is on its way to a server.</summary>
    [Fact]
    public async Task A_call_that_arrived_before_the_same_call_was_answered_gets_its_images()
    {
        await using var first = new WorkflowHost();
        await using var second = new WorkflowHost(on: first);
        var received = DateTimeOffset.UnixEpoch;
        var job = await first.StartAsync(WorkflowHost.Request(), (_, _) => Task.CompletedTask);
        await job.WaitAsync(TestTimeouts.Safety, TimeSpan.FromSeconds(1), new Progress<JobSnapshot>(), Cancellation);
        await first.Jobs.MarkCollectedAsync(job.Id, received.AddMilliseconds(20));
        await first.Jobs.MarkCollectedAsync(job.Id, received.AddMilliseconds(40));

        (await StartAsync(second, received, fresh: false)).ShouldBe(job.Id);
        (await StartAsync(second, received.AddMilliseconds(20), fresh: false)).ShouldNotBe(job.Id);
        (await StartAsync(second, received, fresh: true)).ShouldNotBe(job.Id);

        static async Task<string> StartAsync(WorkflowHost host, DateTimeOffset received, bool fresh)
        {
            var next = await host.Jobs.StartOrJoinAsync(await host.PlanAsync(WorkflowHost.Request()), fresh, received, Cancellation);
            await next.WaitAsync(TestTimeouts.Safety, TimeSpan.FromSeconds(1), new Progress<JobSnapshot>(), Cancellation);
            return next.Id;
        }
    }

    [Fact]
    public async Task Parallel_calls_to_both_never_pass_the_cap_of_the_day()
    {
        var spending = new GptImage2.Generation.Spending.SpendingOptions { DailyUsd = 0.50m };
        await using var first = new WorkflowHost(spending: spending);
        await using var second = new WorkflowHost(on: first, spending: spending);

        var asked = await Task.WhenAll(Enumerable.Range(0, 40).Select(index => TryAsync(index % 2 is 0 ? first : second, $"picture {index}")));

        var ledger = await first.GetService<IJobStore>().ListLedgerAsync("local", DateOnly.MinValue, Cancellation);
        ledger.Sum(entry => entry.Counted).ShouldBeLessThanOrEqualTo(500_000);
        asked.Count(refusal => refusal is null).ShouldBe(ledger.Count);
        var refused = asked.OfType<Failure>().First();
        refused.Code.ShouldBe(FailureCode.SpendingRefused);
        refused.Message.ShouldContain("of the $0.50 for today are spent or reserved. Nothing was sent.");
        refused.RetryAfter!.Value.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromHours(24));
    }

    private static async Task<Failure?> TryAsync(WorkflowHost host, string prompt)
    {
        try
        {
            await host.StartAsync(WorkflowHost.Request(prompt), (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
            return null;
        }
        catch (ImageException refused)
        {
            return refused.Failure;
        }
    }
}
