using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Testing.Time;

namespace GptImage2.Generation.Tests.Jobs.Scheduling;

public sealed class FairSemaphoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 30)];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task One_image_beside_a_storyboard_waits_only_for_images_that_are_being_drawn(int slots)
    {
        var semaphore = new FairSemaphore(slots);
        var storyboard = Enumerable.Range(0, 12).Select(_ => Waiter.Enter(semaphore, "anna")).ToArray();

        var one = Waiter.Enter(semaphore, "bert");

        one.Positions.ShouldBe([0]);
        storyboard.Skip(slots).Select(waiter => waiter.Positions[^1]).ShouldBe(Enumerable.Range(1, 12 - slots));
        (await storyboard[0].Entry).Dispose();
        await one.Entry.WaitAsync(TestTimeouts.Safety, Cancellation);
        storyboard[slots].Entry.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Owners_take_turns_and_each_is_told_its_place_among_all()
    {
        var semaphore = new FairSemaphore(1);
        var drawn = Waiter.Enter(semaphore, "anna");
        Waiter[] anna = [.. Enumerable.Range(0, 3).Select(_ => Waiter.Enter(semaphore, "anna"))];
        Waiter[] bert = [.. Enumerable.Range(0, 3).Select(_ => Waiter.Enter(semaphore, "bert"))];
        Waiter[] cleo = [Waiter.Enter(semaphore, "cleo")];

        Waiter[] expected = [bert[0], cleo[0], anna[0], bert[1], anna[1], bert[2], anna[2]];
        expected.Select(waiter => waiter.Positions[^1]).ShouldBe(Enumerable.Range(0, expected.Length));
        anna[0].Positions.ShouldBe([0, 1, 2]);
        (await ServeAllAsync(drawn, expected)).ShouldBe(expected);
    }

    [Fact]
    public async Task Who_leaves_the_queue_and_comes_back_gains_nothing()
    {
        var semaphore = new FairSemaphore(1);
        var drawn = Waiter.Enter(semaphore, "anna");
        var bert = Waiter.Enter(semaphore, "bert");
        Waiter[] anna = [.. Enumerable.Range(0, 4).Select(_ => Waiter.Enter(semaphore, "anna"))];
        (await drawn.Entry).Dispose();

        // Always one image, and the next as soon as it is drawn.
        (await bert.Entry.WaitAsync(TestTimeouts.Safety, Cancellation)).Dispose();
        var again = Waiter.Enter(semaphore, "bert");

        (await anna[0].Entry.WaitAsync(TestTimeouts.Safety, Cancellation)).Dispose();
        await again.Entry.WaitAsync(TestTimeouts.Safety, Cancellation);
        anna[1].Positions[^1].ShouldBe(0);
    }

    [Fact]
    public async Task Who_cancels_costs_no_other_owner_a_place_and_own_images_move_up()
    {
        var semaphore = new FairSemaphore(1);
        var drawn = Waiter.Enter(semaphore, "anna");
        Waiter[] anna = [.. Enumerable.Range(0, 3).Select(_ => Waiter.Enter(semaphore, "anna"))];
        Waiter[] bert = [.. Enumerable.Range(0, 2).Select(_ => Waiter.Enter(semaphore, "bert"))];

        await anna[0].LeaveAsync();

        Waiter[] expected = [bert[0], anna[1], bert[1], anna[2]];
        expected.Select(waiter => waiter.Positions[^1]).ShouldBe(Enumerable.Range(0, expected.Length));
        (await ServeAllAsync(drawn, expected)).ShouldBe(expected);
    }

    /// <summary>Whatever happens: nobody overtakes within an owner, no owner gets three turns more than another that waits as well, positions are the order, no slot is lost.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Turns_are_fair_whoever_comes_ends_and_gives_up(int seed)
    {
        var random = new Random(seed);
        var slots = random.Next(1, 5);
        var semaphore = new FairSemaphore(slots);
        string[] owners = [.. Enumerable.Range(0, random.Next(2, 6)).Select(number => $"owner {number}")];
        var (drawing, waiting) = (new List<Waiter>(), new List<Waiter>());

        // How many turns an owner has had since another began to wait without a break.
        var turns = new Dictionary<(string Owner, string While), int>();

        for (var step = 0; step < 300; step++)
        {
            switch (random.Next(5))
            {
                case 0 or 1 when drawing is not []:
                    (await TakeAt(drawing, random.Next(drawing.Count)).Entry).Dispose();
                    break;
                case 2 when waiting is not []:
                    await TakeAt(waiting, random.Next(waiting.Count)).LeaveAsync();
                    break;
                default:
                    // The first asks more often than the others together.
                    waiting.Add(Waiter.Enter(semaphore, owners[random.Next(2) is 0 ? 0 : random.Next(owners.Length)]));
                    break;
            }

            while (drawing.Count < slots && waiting is not [])
            {
                var next = await FindServedAsync(waiting);
                next.ShouldBe(waiting.First(waiter => waiter.Owner == next.Owner));
                waiting.Remove(next);
                drawing.Add(next);
                foreach (var other in owners.Where(owner => owner != next.Owner && waiting.Any(waiter => waiter.Owner == owner)))
                {
                    turns[(next.Owner, other)] = turns.GetValueOrDefault((next.Owner, other)) + 1;
                    (turns[(next.Owner, other)] - turns.GetValueOrDefault((other, next.Owner))).ShouldBeLessThanOrEqualTo(2);
                }
            }

            foreach (var idle in owners.Where(owner => waiting.All(waiter => waiter.Owner != owner)))
            {
                owners.ToList().ForEach(owner => (turns[(owner, idle)], turns[(idle, owner)]) = (0, 0));
            }

            waiting.ShouldAllBe(waiter => !waiter.Entry.IsCompleted);
            waiting.Select(waiter => waiter.Positions[^1]).Order().ShouldBe(Enumerable.Range(0, waiting.Count));
        }

        // As things stand, this is the order.
        Waiter[] expected = [.. waiting.OrderBy(waiter => waiter.Positions[^1])];
        var served = new List<Waiter>();
        foreach (var waiter in expected)
        {
            (await TakeAt(drawing, 0).Entry).Dispose();
            drawing.Add(waiter);
            served.Add(await FindServedAsync(expected.Except(served)));
        }

        served.ShouldBe(expected);
        drawing.ForEach(waiter => waiter.Entry.Result.Dispose());
        Enumerable.Range(0, slots + 1).Select(_ => Waiter.Enter(semaphore, "last").Entry.IsCompletedSuccessfully).ShouldBe([.. Enumerable.Repeat(true, slots), false]);
    }

    private static async Task<Waiter[]> ServeAllAsync(Waiter drawn, IReadOnlyList<Waiter> waiters)
    {
        var served = new List<Waiter> { drawn };
        while (served.Count <= waiters.Count)
        {
            (await served[^1].Entry).Dispose();
            served.Add(await FindServedAsync(waiters.Except(served)));
        }

        return [.. served.Skip(1)];
    }

    private static async Task<Waiter> FindServedAsync(IEnumerable<Waiter> waiters)
    {
        Waiter[] all = [.. waiters];
        await Task.WhenAny(all.Select(waiter => waiter.Entry)).WaitAsync(TestTimeouts.Safety, Cancellation);
        return all.Where(waiter => waiter.Entry.IsCompleted).ShouldHaveSingleItem();
    }

    private static Waiter TakeAt(List<Waiter> waiters, int index)
    {
        var waiter = waiters[index];
        waiters.RemoveAt(index);
        return waiter;
    }

    /// <summary>Somebody who wants to draw, and what they were told while they waited.</summary>
    private sealed record Waiter(string Owner, Task<IDisposable> Entry, CancellationTokenSource Leaving, List<int> Positions)
    {
        public static Waiter Enter(FairSemaphore semaphore, string owner)
        {
            var (leaving, told) = (new CancellationTokenSource(), new List<int>());
            return new Waiter(owner, semaphore.AcquireAsync(owner, told.Add, leaving.Token), leaving, told);
        }

        public async Task LeaveAsync()
        {
            await Leaving.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(Entry.WaitAsync(TestTimeouts.Safety, Cancellation));
        }
    }
}
