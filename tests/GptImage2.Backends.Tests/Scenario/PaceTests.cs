using GptImage2.Testing.Rendering;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;
using GptImage2.Testing.Time;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>All requests of a project together stay below its limit, and one loop asks about all jobs.</summary>
public sealed class PaceTests
{
    [Fact]
    public async Task One_request_more_than_a_minute_has_room_for_waits_until_the_first_is_a_minute_old()
    {
        var time = new WatchedTimeProvider();
        await using var host = await ScenarioHost.StartAsync(options => options with { RequestsPerMinute = 5 }, time: time);
        await host.Backend.CheckAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(20));
        for (var number = 2; number <= 5; number++)
        {
            await host.Backend.CheckAsync(TestContext.Current.CancellationToken);
        }

        var sixth = host.Backend.CheckAsync(TestContext.Current.CancellationToken);

        (await time.TimerWithinAsync(TimeSpan.FromSeconds(45))).ShouldBe(TimeSpan.FromSeconds(40));
        host.Server.Requests.Count.ShouldBe(5);
        time.Advance(TimeSpan.FromSeconds(40));
        await sixth;
        host.Server.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nobodys_place()
    {
        var time = new WatchedTimeProvider();
        await using var host = await ScenarioHost.StartAsync(options => options with { RequestsPerMinute = 1 }, time: time);
        using var cancel = new CancellationTokenSource();
        await host.Backend.CheckAsync(TestContext.Current.CancellationToken);
        var impatient = host.Backend.CheckAsync(cancel.Token);
        await time.TimerWithinAsync(TimeSpan.FromSeconds(60));
        var patient = host.Backend.CheckAsync(TestContext.Current.CancellationToken);

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        time.Advance(TimeSpan.FromSeconds(60));
        await patient;

        host.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_loop_asks_about_all_jobs_and_never_more_often_than_is_allowed()
    {
        var time = new WatchedTimeProvider();
        await using var host = await ScenarioHost.StartAsync(time: time);
        for (var job = 0; job < 5; job++)
        {
            host.Server.Plan(new JobScript { Statuses = ["in-progress"] });
        }

        await host.Backend.CheckAsync(TestContext.Current.CancellationToken);
        InMemoryRenderSink[] sinks = [.. Enumerable.Range(0, 5).Select(_ => new InMemoryRenderSink())];
        var renders = Task.WhenAll(sinks.Select((sink, number) => host.RenderAsync(host.Generate(prompt: $"fox {number}"), sink)));
        await host.Server.WaitForAsync(ScenarioRoute.Run, 5, TestContext.Current.CancellationToken);
        List<TimeSpan> gaps = [];
        while (await Task.WhenAny(renders, time.TimerWithinAsync(TimeSpan.FromSeconds(2))) != renders)
        {
            var gap = await time.TimerWithinAsync(TimeSpan.FromSeconds(2));
            gaps.Add(gap);
            time.Advance(gap);
        }

        await renders;
        gaps.ShouldAllBe(gap => gap >= TimeSpan.FromSeconds(0.6));
        host.Server.Of(ScenarioRoute.Job).Count.ShouldBe(gaps.Count);
        host.Server.Runs.ShouldAllBe(run => run.Polls == 2);
        host.Server.RefusedAsTooFast.ShouldBe(0);
    }

    [Fact]
    public async Task Progress_is_the_jobs_own()
    {
        await using var host = await ScenarioHost.StartAsync();

        await host.RenderAsync(host.Generate());

        host.Sink.Progress.ShouldBe([0.2, 0.4, 0.6, 0.8, 1]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public async Task A_question_that_fails_is_asked_again_and_the_job_goes_on(int status)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Job, ScenarioReply.Refuse(status, "Not now"), new ScenarioReply { DropBefore = true }, new ScenarioReply { TruncateAt = 0.5 }, new ScenarioReply { Body = "{}" });

        await host.RenderAsync(host.Generate());

        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_job_that_does_not_end_is_left_at_Scenario()
    {
        var time = new WatchedTimeProvider();
        await using var host = await ScenarioHost.StartAsync(options => options with { Timeout = TimeSpan.FromMinutes(1) }, time: time);
        host.Server.Plan(new JobScript { Until = new TaskCompletionSource().Task });

        var render = host.FailAsync();
        await host.Server.WaitForAsync(ScenarioRoute.Run, 1, TestContext.Current.CancellationToken);
        while (!render.IsCompleted && await Task.WhenAny(render, time.TimerWithinAsync(TimeSpan.FromSeconds(2))) != render)
        {
            time.Advance(TimeSpan.FromSeconds(2));
        }

        var failure = await render;
        (failure.Code, failure.Billed).ShouldBe((Generation.Errors.FailureCode.AnswerLost, Generation.Errors.Billing.Unknown));
        failure.Message.ShouldContain("within 1 minutes");
    }
}
