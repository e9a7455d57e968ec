using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Testing.Time;

namespace GptImage2.Generation.Tests.Jobs.Scheduling;

public sealed class BackendConcurrencyLimiterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    /// <summary>Held against a plain list: whoever came first renders first, whoever leaves the line costs nobody a place.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task First_come_is_first_served_whoever_gives_up(int seed)
    {
        var random = new Random(seed);
        var room = random.Next(1, 5);
        var gate = new BackendConcurrencyLimiter(new JobOptions { Concurrency = room });
        var (rendering, line) = (new List<Entrant>(), new List<Entrant>());

        for (var step = 0; step < 200; step++)
        {
            switch (random.Next(3))
            {
                case 0 when rendering is not []:
                    (await TakeAt(rendering, random.Next(rendering.Count)).Entry).Dispose();
                    break;
                case 1 when line is not []:
                    var leaver = TakeAt(line, random.Next(line.Count));
                    await leaver.Leaving.CancelAsync();
                    await Should.ThrowAsync<OperationCanceledException>(leaver.Entry.WaitAsync(TestTimeouts.Safety, Cancellation));
                    break;
                default:
                    line.Add(Entrant.Enter(gate, "openai"));
                    break;
            }

            while (rendering.Count < room && line is not [])
            {
                rendering.Add(TakeAt(line, 0));
                await rendering[^1].Entry.WaitAsync(TestTimeouts.Safety, Cancellation);
            }

            line.Where(guest => guest.Entry.IsCompleted).ShouldBeEmpty();
            line.Select(guest => guest.Position).ShouldBe(Enumerable.Range(0, line.Count).Cast<int?>());
        }

        line.ForEach(guest => guest.ShouldHaveCountedDown());
        rendering.ForEach(guest => guest.ShouldHaveCountedDown());
    }

    [Fact]
    public async Task Never_more_render_than_may_and_no_room_is_lost_to_cancelling_or_failing()
    {
        const int Room = 3;
        var gate = new BackendConcurrencyLimiter(new JobOptions { Concurrency = Room });
        var (now, most) = (0, 0);
        var crowded = new TaskCompletionSource();

        async Task RenderAsync(int number)
        {
            var random = new Random(number);
            using var leaving = new CancellationTokenSource();
            var entry = gate.AcquireAsync("openai", "local", _ => { }, leaving.Token);
            var cancelling = random.Next(3) is 0 ? Task.Run(leaving.Cancel, Cancellation) : Task.CompletedTask;
            using (await entry)
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                await crowded.Task;
                for (var i = random.Next(20); i > 0; i--)
                {
                    await Task.Yield();
                }

                Interlocked.Decrement(ref now);
                await cancelling;
                _ = random.Next(4) is 0 ? throw WorkflowHost.CreateLostAnswer(Billing.No) : 0;
            }
        }

        var all = await Task.Run(() => Enumerable.Range(0, 1000).Select(RenderAsync).ToArray(), Cancellation);
        crowded.SetResult();
        await Task.WhenAll(all.Select(task => task.ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default))).WaitAsync(TestTimeouts.Safety, Cancellation);

        most.ShouldBe(Room);
        all.Count(task => task.IsCanceled).ShouldBeGreaterThan(0);
        all.Count(task => task.IsFaulted).ShouldBeGreaterThan(0);
        all.Where(task => task.IsFaulted).ShouldAllBe(task => task.Exception!.InnerException is ImageException);
        var after = Enumerable.Range(0, Room + 1).Select(_ => Entrant.Enter(gate, "openai")).ToArray();
        after.Select(guest => guest.Entry.IsCompletedSuccessfully).ShouldBe([true, true, true, false]);
    }

    [Fact]
    public async Task Backends_do_not_wait_for_each_other()
    {
        var gate = new BackendConcurrencyLimiter(new JobOptions { Concurrency = 1 });

        var (first, second, local) = (Entrant.Enter(gate, "openai"), Entrant.Enter(gate, "openai"), Entrant.Enter(gate, "local"));

        first.Entry.IsCompletedSuccessfully.ShouldBeTrue();
        local.Entry.IsCompletedSuccessfully.ShouldBeTrue();
        (first.Position, local.Position).ShouldBe((null, null));
        second.Entry.IsCompleted.ShouldBeFalse();
        (await local.Entry).Dispose();
        second.Entry.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Room_that_is_given_back_twice_is_given_back_once()
    {
        var gate = new BackendConcurrencyLimiter(new JobOptions { Concurrency = 1 });
        var guests = Enumerable.Range(0, 3).Select(_ => Entrant.Enter(gate, "openai")).ToArray();
        var room = await guests[0].Entry;

        room.Dispose();
        room.Dispose();

        await guests[1].Entry.WaitAsync(TestTimeouts.Safety, Cancellation);
        guests[2].Position.ShouldBe(0);
        guests[2].Entry.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_was_cancelled_before_does_not_take_free_room()
    {
        var gate = new BackendConcurrencyLimiter(new JobOptions { Concurrency = 1 });

        await Should.ThrowAsync<OperationCanceledException>(gate.AcquireAsync("openai", "local", _ => { }, new CancellationToken(canceled: true)));

        Entrant.Enter(gate, "openai").Entry.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_job_that_finds_no_room_is_queued_says_its_place_and_sends_nothing()
    {
        var release = new TaskCompletionSource();
        await using var host = new WorkflowHost(jobs: new JobOptions { Concurrency = 1 });
        host.Backend.Before = (_, cancellationToken) => release.Task.WaitAsync(cancellationToken);
        var asking = new List<Task<JobSnapshot>>();
        foreach (var prompt in (string[])["a fox", "an owl", "a hare"])
        {
            asking.Add(host.AskAsync(WorkflowHost.Request(prompt), Cancellation));
            await UntilAsync(() => Views(host).Any(view => view.Stage is JobStage.Drawing) && Views(host).Count(view => view.QueuePosition is not null) == asking.Count - 1);
        }

        Views(host).Select(view => (view.Status, view.QueuePosition)).ShouldBe([(JobStatus.Running, null), (JobStatus.Queued, 0), (JobStatus.Queued, 1)], ignoreOrder: true);
        host.Backend.Calls.ShouldBe(1);
        release.SetResult();

        var over = await Task.WhenAll(asking);
        over.Select(view => (view.Status, view.QueuePosition)).ShouldAllBe(end => end.Status == JobStatus.Done && end.QueuePosition == null);
        host.Backend.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_job_that_is_interrupted_in_line_has_no_place_left_and_nothing_was_sent()
    {
        await using var host = new WorkflowHost(jobs: new JobOptions { Concurrency = 1 });
        host.Backend.Before = (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        var asking = ((string[])["a fox", "an owl"]).Select(prompt => host.AskAsync(WorkflowHost.Request(prompt), Cancellation)).ToArray();
        await UntilAsync(() => Views(host).Any(view => view.Stage is JobStage.Drawing) && Views(host).Any(view => view.QueuePosition is 0));

        await host.Jobs.DrainAsync(TimeSpan.Zero);

        (await Task.WhenAll(asking)).Select(view => (view.Status, view.QueuePosition)).ShouldAllBe(end => end.Status == JobStatus.Interrupted && end.QueuePosition == null);
        host.Backend.Calls.ShouldBe(1);
    }

    private static IReadOnlyList<JobSnapshot> Views(WorkflowHost host) => host.GetService<LocalJobs>().Snapshots;

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var limit = TimeProvider.System.GetTimestamp(); !condition();)
        {
            TimeProvider.System.GetElapsedTime(limit).ShouldBeLessThan(TestTimeouts.Safety);
            await Task.Yield();
        }
    }

    private static Entrant TakeAt(List<Entrant> guests, int index)
    {
        var guest = guests[index];
        guests.RemoveAt(index);
        return guest;
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, now, seen) is var before && before == seen ? now : before;
        }
    }

    /// <summary>Somebody who wants to render, and what they were told while they waited.</summary>
    private sealed record Entrant(Task<IDisposable> Entry, CancellationTokenSource Leaving, List<int> Positions)
    {
        /// <summary>What they heard last.</summary>
        public int? Position => Positions is [.., var last] ? last : null;

        public static Entrant Enter(BackendConcurrencyLimiter gate, string backend)
        {
            var (leaving, told) = (new CancellationTokenSource(), new List<int>());
            return new Entrant(gate.AcquireAsync(backend, "local", told.Add, leaving.Token), leaving, told);
        }

        public void ShouldHaveCountedDown() => Positions.Zip(Positions.Skip(1)).ShouldAllBe(pair => pair.First == pair.Second + 1);
    }
}
