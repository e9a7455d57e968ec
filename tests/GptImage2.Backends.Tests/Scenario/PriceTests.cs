using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;
using GptImage2.Testing.Time;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>What a request is said to cost, and what it cost.</summary>
public sealed class PriceTests
{
    [Theory]
    [InlineData(269)]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(402)]
    public async Task A_dry_run_names_the_price_in_any_of_its_shapes(int status)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.DryRunStatus = status;

        var quote = await host.QuoteAsync();

        quote.ShouldBe(12 * 0.64m);
        (host.Server.Runs.Count, host.Server.Charged).ShouldBe((0, 0m));
    }

    [Theory]
    [InlineData("13.25", "13.25")]
    [InlineData("0.1000000000000001", "0.1000000000000001")]
    [InlineData("\"11.5\"", "11.5")]
    [InlineData("24e-1", "2.4")]
    [InlineData("0", "0")]
    public async Task Fractions_of_credits_are_kept(string number, string expected)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.DryRun, new ScenarioReply { Status = 269, Body = $$"""{"creativeUnitsCost":{{number}}}""" });

        (await host.QuoteAsync()).ShouldBe(decimal.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(200, """{"job":{}}""")]
    [InlineData(200, """{"creativeUnitsCost":-1}""")]
    [InlineData(200, """{"creativeUnitsCost":"much"}""")]
    [InlineData(200, """[1]""")]
    [InlineData(269, "<html>")]
    public async Task A_price_that_is_none_is_reported(int status, string body)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.DryRun, new ScenarioReply { Status = status, Body = body });

        var failure = (await Should.ThrowAsync<ImageException>(() => host.QuoteAsync())).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.No));
    }

    [Fact]
    public async Task No_credit_is_not_taken_for_a_price()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.DryRun, ScenarioReply.Refuse(402, "Not enough creative units"));

        (await Should.ThrowAsync<ImageException>(() => host.QuoteAsync())).Failure.Code.ShouldBe(FailureCode.OutOfMoney);
    }

    [Fact]
    public async Task A_quote_is_asked_for_again_after_ten_minutes()
    {
        var time = new WatchedTimeProvider();
        await using var host = await ScenarioHost.StartAsync(time: time);

        await host.QuoteAsync();
        await host.QuoteAsync(host.Generate(prompt: "something else"));
        host.Server.Of(ScenarioRoute.DryRun).ShouldHaveSingleItem();
        await host.QuoteAsync(host.Generate(count: 2));
        time.Advance(TimeSpan.FromMinutes(11));
        await host.QuoteAsync();

        host.Server.Of(ScenarioRoute.DryRun).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_price_above_the_cap_sends_nothing_though_the_images_are_there_already()
    {
        var sink = new InMemoryRenderSink { Confirming = price => throw new ImageException(new Failure { Code = FailureCode.SpendingRefused, Message = $"{price} is too much." }) };
        await using var host = await ScenarioHost.StartAsync(sink: sink);

        var failure = await host.FailAsync(host.Edit(2));

        (failure.Code, host.Server.Of(ScenarioRoute.Run).Count, host.Server.Assets.Count).ShouldBe((FailureCode.SpendingRefused, 0, 2));
        sink.Checkpoints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Credits_become_dollars_only_by_the_users_own_price()
    {
        await using var dear = await ScenarioHost.StartAsync(options => options with { UsdPerCredit = 0.01m });
        await using var plain = await ScenarioHost.StartAsync();

        await dear.RenderAsync(dear.Edit(1));
        await plain.RenderAsync(plain.Edit(1));

        dear.Sink.Prices.ShouldBe([7.93m]);
        plain.Sink.Prices.ShouldBe([7.93m]);
        dear.Backend.Profile.Tariff.ShouldBe(new Tariff.Quoted(0.01m));
        plain.Backend.Profile.Tariff.ShouldBe(new Tariff.Quoted(null));
    }

    [Fact]
    public async Task What_was_charged_counts_and_not_what_was_said()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Plan(new JobScript { Cost = 13.25m });

        (await host.RenderAsync(host.Generate())).Credits.ShouldBe(13.25m);
    }

    [Theory]
    [InlineData("failure", false, FailureCode.ServiceFailed, Billing.No)]
    [InlineData("failure", true, FailureCode.ServiceFailed, Billing.Yes)]
    [InlineData("canceled", false, FailureCode.Cancelled, Billing.Unknown)]
    public async Task A_failed_job_is_free_unless_Scenario_says_otherwise(string end, bool disableRefund, FailureCode code, Billing billed)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Plan(new JobScript { End = end, Error = "The model broke down", DisableRefund = disableRefund });

        var failure = await host.FailAsync();

        (failure.Code, failure.Billed, failure.RequestId).ShouldBe((code, billed, "job_0001"));
        (host.Server.Charged - host.Server.Refunded > 0).ShouldBe(disableRefund);
        failure.Message.ShouldContain(code is FailureCode.Cancelled ? "cancelled at Scenario" : ": The model broke down.");
    }
}
