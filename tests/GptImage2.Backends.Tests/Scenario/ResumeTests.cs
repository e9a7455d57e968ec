using GptImage2.Generation.Errors;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>What another process does with what one that died has recorded.</summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    public async Task Either_record_leads_to_the_images_that_are_not_stored_yet(int which, int stored)
    {
        await using var host = await ScenarioHost.StartAsync();
        var asked = host.Generate(count: 3);
        await host.RenderAsync(asked);
        var sink = new InMemoryRenderSink();

        var outcome = await host.ResumeAsync(host.Sink.Checkpoints.ElementAt(which), asked, stored, sink);

        sink.Images.ShouldBe(host.Sink.Images.Skip(stored));
        (outcome.RequestId, outcome.Credits).ShouldBe(("job_0001", 3 * 7.68m));
        host.Server.Of(ScenarioRoute.Run).ShouldHaveSingleItem();
        host.Server.Of(ScenarioRoute.Download).Count.ShouldBe(3 + 3 - stored);
    }

    [Fact]
    public async Task The_job_that_was_found_is_recorded_for_the_next_time()
    {
        await using var host = await ScenarioHost.StartAsync();
        await host.RenderAsync(host.Generate());
        var sink = new InMemoryRenderSink();

        await host.ResumeAsync(host.Sink.Checkpoints.First(), host.Generate(), 0, sink);

        sink.Checkpoints.ShouldBe([host.Sink.Checkpoints.Last()]);
    }

    [Fact]
    public async Task Two_equal_requests_of_a_dead_process_are_taken_up_as_a_job_each()
    {
        await using var host = await ScenarioHost.StartAsync();
        var other = new InMemoryRenderSink();
        await host.RenderAsync(host.Generate());
        await host.RenderAsync(host.Generate(), other);
        var next = host.CreateBackend();

        var first = await host.ResumeAsync(host.Sink.Checkpoints.First(), host.Generate(), 0, new InMemoryRenderSink(), next);
        var second = await host.ResumeAsync(other.Checkpoints.First(), host.Generate(), 0, new InMemoryRenderSink(), next);

        new[] { first.RequestId, second.RequestId }.Order().ShouldBe(["job_0001", "job_0002"]);
    }

    [Fact]
    public async Task A_request_that_never_arrived_is_uncertain_and_not_sent()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Run, new ScenarioReply { DropBefore = true });
        await host.FailAsync();

        var failure = (await Should.ThrowAsync<ImageException>(() => host.ResumeAsync(host.Sink.Checkpoints.Single(), host.Generate(), 0, new InMemoryRenderSink()))).Failure;

        (failure.Code, failure.Billed, host.Server.Of(ScenarioRoute.Run).Count).ShouldBe((FailureCode.AnswerLost, Billing.Unknown, 1));
    }

    [Fact]
    public async Task A_job_that_failed_meanwhile_is_told_as_failed()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Plan(new JobScript { End = "failure", Error = "Out of memory" });
        await host.FailAsync();

        var failure = (await Should.ThrowAsync<ImageException>(() => host.ResumeAsync(host.Sink.Checkpoints.Last(), host.Generate(), 0, new InMemoryRenderSink()))).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.ServiceFailed, Billing.No));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(400)]
    public async Task A_started_job_is_never_called_unbilled_because_nobody_tells_how_it_goes(int status)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.SelectReply = (route, _) => route is ScenarioRoute.Job ? ScenarioReply.Refuse(status, "No such luck") : null;

        var failure = await host.FailAsync();

        failure.Billed.ShouldBe(Billing.Unknown);
        failure.Message.ShouldContain("goes on at Scenario");
        failure.Message.ShouldNotContain("Not billed");
        failure.Message.ShouldNotContain("GPTIMAGE2_MODEL");
        failure.Message.ShouldEndWith("Request id: job_0001");
        host.Server.Charged.ShouldBe(7.68m);
    }

    [Fact]
    public async Task What_is_recorded_holds_no_credentials()
    {
        await using var host = await ScenarioHost.StartAsync();

        await host.RenderAsync(host.Edit(1));

        host.Sink.Checkpoints.Count.ShouldBe(2);
        host.Sink.Checkpoints.ShouldAllBe(checkpoint => !checkpoint.Contains(host.Server.Account.KeySecret) && !checkpoint.Contains(host.Server.Account.Key));
    }
}
