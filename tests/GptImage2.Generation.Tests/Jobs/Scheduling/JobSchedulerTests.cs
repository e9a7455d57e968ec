using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Requests;
using GptImage2.Testing.Time;

namespace GptImage2.Generation.Tests.Jobs.Scheduling;

public sealed class JobSchedulerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_waiter_that_leaves_ends_its_waiting_and_nothing_else()
    {
        var (gate, drawing) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = new WorkflowHost();
        host.Backend.Before = (_, cancellationToken) =>
        {
            drawing.TrySetResult();
            return gate.Task.WaitAsync(cancellationToken);
        };
        using var leaving = new CancellationTokenSource();

        var asking = host.AskAsync(WorkflowHost.Request(), leaving.Token);
        await drawing.Task.WaitAsync(Cancellation);
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        gate.SetResult();
        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);
        view.Images.ShouldHaveSingleItem();
        host.Backend.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_busy_server_keeps_only_the_last_ended_jobs_in_memory_and_answers_for_all()
    {
        await using var host = new WorkflowHost();
        var first = await host.AskAsync(WorkflowHost.Request("fox 0"), Cancellation);
        for (var number = 1; number <= 70; number++)
        {
            await host.AskAsync(WorkflowHost.Request($"fox {number}"), Cancellation);
        }

        var kept = host.GetService<LocalJobs>().Snapshots.Count;
        var found = await (await host.Queries.FindAsync(Caller.Local, first.Id, Cancellation))!.GetSnapshotAsync(Cancellation);

        kept.ShouldBeInRange(64, 66);
        found.Status.ShouldBe(JobStatus.Done);
        found.Images.ShouldHaveSingleItem().Record.Id.ShouldBe(first.Images[0].Record.Id);
        found.Usd.ShouldBe(first.Usd);
    }

    [Fact]
    public async Task A_job_that_was_not_sent_is_dropped_with_its_call_and_the_same_call_again_begins_anew()
    {
        var gate = new TaskCompletionSource();
        await using var host = new WorkflowHost(jobs: new JobOptions { Concurrency = 1 });
        host.Backend.Before = (_, cancellationToken) => gate.Task.WaitAsync(cancellationToken);
        var before = host.AskAsync(WorkflowHost.Request("a fox"), Cancellation);
        await host.Backend.CalledAsync(Cancellation);
        using var leaving = new CancellationTokenSource();
        var waiting = host.AskAsync(WorkflowHost.Request(), leaving.Token);
        while (!host.GetService<LocalJobs>().Snapshots.Any(view => view.QueuePosition is 0))
        {
            await Task.Yield();
        }

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        var again = host.AskAsync(WorkflowHost.Request(), Cancellation);
        gate.SetResult();

        (await again).Status.ShouldBe(JobStatus.Done);
        (await before).Status.ShouldBe(JobStatus.Done);
        host.Backend.Calls.ShouldBe(2);
        (await host.GetService<IJobStore>().ListLedgerAsync("local", DateOnly.MinValue, Cancellation)).Select(entry => entry.Actual).Order().First().ShouldBe(0);
    }

    [Fact]
    public async Task Duplicates_share_one_job_and_other_requests_do_not()
    {
        var gate = new TaskCompletionSource();
        await using var host = new WorkflowHost();
        host.Backend.Before = (_, cancellationToken) => gate.Task.WaitAsync(cancellationToken);

        var asking = new[] { WorkflowHost.Request(), WorkflowHost.Request(), WorkflowHost.Request("a fox"), WorkflowHost.Request(count: 2) }
            .Select(request => host.AskAsync(request, Cancellation))
            .ToArray();
        gate.SetResult();
        var views = await Task.WhenAll(asking);

        views[0].Id.ShouldBe(views[1].Id);
        views.Select(view => view.Id).Distinct().Count().ShouldBe(3);
        host.Backend.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_finished_job_waits_a_quarter_of_an_hour_for_the_caller_who_left()
    {
        var clock = new WatchedTimeProvider();
        await using var host = new WorkflowHost(clock);
        var job = await host.StartAsync(WorkflowHost.Request(), (_, _) => Task.CompletedTask);
        await UntilOverAsync(job);

        clock.Advance(TimeSpan.FromMinutes(14));
        (await host.StartAsync(WorkflowHost.Request(), (_, _) => Task.CompletedTask)).Id.ShouldBe(job.Id);

        clock.Advance(TimeSpan.FromMinutes(2));
        (await host.StartAsync(WorkflowHost.Request(), (_, _) => Task.CompletedTask)).Id.ShouldNotBe(job.Id);
    }

    [Fact]
    public async Task An_owner_sees_the_jobs_that_are_remembered_newest_first()
    {
        var clock = new WatchedTimeProvider();
        await using var host = new WorkflowHost(clock);
        var first = await host.StartAsync(WorkflowHost.Request(), (_, _) => Task.CompletedTask);
        await UntilOverAsync(first);
        clock.Advance(TimeSpan.FromMinutes(10));
        var second = await host.StartAsync(WorkflowHost.Request("a fox"), (_, _) => Task.CompletedTask);
        await UntilOverAsync(second);

        (await host.Queries.ListIdsAsync(Caller.Local, 10, Cancellation)).ShouldBe([second.Id, first.Id]);
        (await host.Queries.ListIdsAsync(Caller.Local with { Owner = "alice" }, 10, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_job_that_cost_nothing_is_not_joined()
    {
        await using var host = new WorkflowHost();
        var first = await host.StartAsync(WorkflowHost.Request(), (_, _) => throw WorkflowHost.CreateLostAnswer(Billing.No));
        await UntilOverAsync(first);

        (await host.StartAsync(WorkflowHost.Request(), (_, _) => Task.CompletedTask)).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task A_failure_that_may_be_billed_is_told_to_the_caller_who_comes_back_before_more_is_spent()
    {
        await using var host = new WorkflowHost();
        await UntilOverAsync(await host.StartAsync(WorkflowHost.Request(), (_, _) => throw WorkflowHost.CreateLostAnswer(Billing.Unknown)));

        var told = await host.AskAsync(WorkflowHost.Request(), Cancellation);
        var again = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        told.Failure!.Billed.ShouldBe(Billing.Unknown);
        again.Failure.ShouldBeNull();
        host.Backend.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_making_that_is_cancelled_by_nobody_ends_all_the_same()
    {
        await using var host = new WorkflowHost();
        host.Backend.Before = (_, _) => throw new TaskCanceledException();

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation).WaitAsync(TestTimeouts.Safety, Cancellation);

        view.Failure!.Code.ShouldBe(FailureCode.Internal);
        host.GetService<LocalJobs>().UnfinishedWork.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_waiter_hears_of_a_silent_job_at_once_and_every_few_seconds()
    {
        var clock = new WatchedTimeProvider();
        await using var host = new WorkflowHost(clock);
        var job = await host.StartAsync(WorkflowHost.Request(), (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
        var heard = new CountingProgress();

        var waiting = job.WaitAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(4), heard, Cancellation);
        for (var beat = 0; beat < 3; beat++)
        {
            await clock.TimerWithinAsync(TimeSpan.FromSeconds(4)).WaitAsync(TestTimeouts.Safety, Cancellation);
            clock.Advance(TimeSpan.FromSeconds(4));
        }

        await clock.TimerWithinAsync(TimeSpan.FromSeconds(4)).WaitAsync(TestTimeouts.Safety, Cancellation);
        heard.Count.ShouldBe(4);
        waiting.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_silent_job_is_as_old_as_the_wait_for_it_was_long()
    {
        var clock = new WatchedTimeProvider();
        await using var host = new WorkflowHost(clock);
        var job = await host.StartAsync(WorkflowHost.Request(), (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));

        var waiting = job.WaitAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), new CountingProgress(), Cancellation);
        clock.Advance(TimeSpan.FromSeconds(30));

        (await waiting).Elapsed.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_image_that_came_before_the_line_broke_is_delivered()
    {
        await using var host = new WorkflowHost();
        host.Backend.Before = (index, _) => index is 2 ? throw WorkflowHost.CreateLostAnswer(Billing.Unknown) : Task.CompletedTask;

        var view = await host.AskAsync(WorkflowHost.Request(count: 3), Cancellation);

        view.Status.ShouldBe(JobStatus.Partial);
        view.Images.Count.ShouldBe(2);
        view.Failure!.Billed.ShouldBe(Billing.Unknown);
    }

    [Fact]
    public async Task A_bug_is_told_as_one_and_loses_nothing()
    {
        await using var host = new WorkflowHost();
        host.Backend.Before = (index, _) => index is 1 ? throw new InvalidOperationException("a bug") : Task.CompletedTask;

        var view = await host.AskAsync(WorkflowHost.Request(count: 2), Cancellation);

        view.Failure!.Code.ShouldBe(FailureCode.Internal);
        view.Failure.Message.ShouldNotContain("a bug");
        view.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_still_runs_when_the_grace_is_over_is_interrupted()
    {
        await using var host = new WorkflowHost();
        host.Backend.Before = (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        var asking = host.AskAsync(WorkflowHost.Request(), Cancellation);
        await host.Backend.CalledAsync(Cancellation);

        await host.Jobs.DrainAsync(TimeSpan.Zero);

        var view = await asking;
        view.Status.ShouldBe(JobStatus.Interrupted);
        view.Failure!.Billed.ShouldBe(Billing.Unknown);
        host.GetService<LocalJobs>().UnfinishedWork.ShouldBeEmpty();
    }

    /// <summary>Its end is in the catalog too.</summary>
    private static async Task UntilOverAsync(JobHandle job)
    {
        while (!(await job.GetSnapshotAsync(Cancellation)).IsOver)
        {
            await Task.Yield();
        }
    }

    private sealed class CountingProgress : IProgress<JobSnapshot>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Report(JobSnapshot value) => Interlocked.Increment(ref _count);
    }
}
