using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Tests.Spending;

/// <summary>What each caller, and all together, may spend in a day.</summary>
public sealed class DailyCapTests : IAsyncDisposable
{
    private static readonly DateOnly Today = new(2026, 12, 1);

    private readonly WorkflowHost _host = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IJobStore Jobs => _host.GetService<IJobStore>();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Parallel_calls_of_several_callers_pass_neither_cap()
    {
        var caps = new DailyCaps(Server: 1_000_000, PerCaller: 300_000);
        string[] owners = ["local", "token:anna", "token:bert", "oauth:https://id.example|7"];

        var started = await Task.WhenAll(Enumerable.Range(0, 80).Select(number => StartAsync(owners[number % 4], 60_000, caps)));

        var spent = await Task.WhenAll(owners.Select(async owner => (await Jobs.ListLedgerAsync(owner, Today, Cancellation)).Sum(entry => entry.Counted)));
        spent.ShouldAllBe(sum => sum <= 300_000);
        spent.Sum().ShouldBe(960_000);
        started.Count(start => start is JobStartResult.Started).ShouldBe(16);
        started.OfType<JobStartResult.Refused>().ShouldAllBe(refused => refused.Excess.Spent + 60_000 > (refused.Excess.IsCallersOwn ? 300_000 : 1_000_000));
        started.OfType<JobStartResult.Refused>().ShouldContain(refused => !refused.Excess.IsCallersOwn);
    }

    [Fact]
    public async Task Each_caller_reads_its_own_part_of_the_ledger()
    {
        await StartAsync("anna", 1, DailyCaps.None);
        await StartAsync("anna", 20, DailyCaps.None, Today.AddDays(-1));
        await StartAsync("bert", 300, DailyCaps.None);

        (await Jobs.ListLedgerAsync("anna", Today.AddDays(-1), Cancellation)).Select(entry => entry.Counted).ShouldBe([20, 1]);
        (await Jobs.ListLedgerAsync("anna", Today, Cancellation)).Select(entry => entry.Counted).ShouldBe([1]);
        (await Jobs.ListLedgerAsync("cleo", DateOnly.MinValue, Cancellation)).ShouldBeEmpty();
        (await Jobs.GetDailySpendingAsync("anna", Today, Cancellation)).ShouldBe(new DailySpending(ByAll: 301, ByCaller: 1));
        (await Jobs.GetDailySpendingAsync("cleo", Today, Cancellation)).ShouldBe(new DailySpending(ByAll: 301, ByCaller: 0));
    }

    [Fact]
    public async Task A_remote_caller_is_not_told_what_others_spent_and_the_local_one_is()
    {
        await using var host = new WorkflowHost(spending: new SpendingOptions { DailyUsd = 0.04m });
        await host.AskAsync(await PlanAsync(host, new Caller("bert", false)), Cancellation);
        var anna = await PlanAsync(host, new Caller("anna", false));

        var refused = (await Should.ThrowAsync<ImageException>(() => host.AskAsync(anna, Cancellation))).Failure;
        var planned = await host.Workflow.CheckSpendingAsync(anna, Cancellation);
        var local = await host.Workflow.CheckSpendingAsync(await PlanAsync(host, Caller.Local), Cancellation);

        refused.Message.ShouldStartWith("The server's budget for today is used up");
        refused.Message.ShouldContain("The day ends at ");
        refused.Message.ShouldNotContain("0.04");
        AmountsIn(refused.Message).ShouldBe([$"${anna.Price.Ceiling:0.00##}"]);
        refused.Retry.ShouldBe(RetryAdvice.Later);
        planned!.Message.ShouldBe(refused.Message);
        local!.Message.ShouldContain("of the $0.04 for today are spent or reserved");
        (await host.Queries.DescribeDailyExcessAsync(anna.Caller, anna.Price, Cancellation)).ShouldBe($"up to ${anna.Price.Ceiling:0.00##} is above what is left of the server's budget for today");
    }

    [Fact]
    public async Task A_caller_whose_own_cap_is_reached_is_told_its_own_sum_and_others_go_on()
    {
        await using var host = new WorkflowHost(spending: new SpendingOptions { DailyUsdPerCaller = 0.04m });
        Caller anna = new("anna", false), bert = new("bert", false);
        var first = await host.AskAsync(await PlanAsync(host, anna), Cancellation);

        var refused = (await Should.ThrowAsync<ImageException>(async () => await host.AskAsync(await PlanAsync(host, anna, "another"), Cancellation))).Failure;
        var others = await host.AskAsync(await PlanAsync(host, bert), Cancellation);

        refused.Message.ShouldContain($"${first.Usd:0.00##} of the $0.04 for today are spent or reserved");
        refused.Message.ShouldContain("who runs the server can raise GPTIMAGE2_SPENDING__DAILYUSDPERCALLER");
        others.Failure.ShouldBeNull();
        host.Backend.Calls.ShouldBe(2);
    }

    [Fact]
    public void A_model_of_unknown_price_is_refused_where_only_callers_have_a_cap() =>
        new SpendingCaps(new SpendingOptions { PerCallUsd = null, DailyUsd = null, DailyUsdPerCaller = 1 }).CheckPerCallCap(new Price { Unit = CostUnit.Usd }).ShouldNotBeNull();

    private static Task<JobPlan> PlanAsync(WorkflowHost host, Caller caller, string prompt = "a lighthouse") =>
        host.Workflow.PlanAsync(caller, "generate_image", WorkflowHost.Request(prompt), Cancellation);

    private static string[] AmountsIn(string text) => [.. text.Split(' ', '(', ')', ';').Where(word => word.StartsWith('$')).Select(word => word.TrimEnd('.', ','))];

    private Task<JobStartResult> StartAsync(string owner, long reserved, DailyCaps caps, DateOnly? day = null)
    {
        var id = Guid.CreateVersion7().ToString();
        var job = new JobRecord
        {
            Id = id,
            Owner = owner,
            DeduplicationKey = id,
            InstanceId = "here",
            Started = DateTimeOffset.UnixEpoch,
            Kind = "kind",
            State = "{}",
            Plan = "{}",
            Cost = new LedgerEntry { Day = day ?? Today, Tool = "generate_image", Model = "gpt-image-2", Reserved = reserved },
        };
        return Jobs.TryStartAsync(job, new JobStartConditions(Fresh: false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, caps), Cancellation);
    }
}
