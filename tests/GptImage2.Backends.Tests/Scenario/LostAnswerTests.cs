using GptImage2.Generation.Errors;
using GptImage2.Testing.Images;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>The run is sent once, and what became of it is found out.</summary>
public sealed class LostAnswerTests
{
    private static readonly ScenarioReply Lost = new() { DropAfter = true };

    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    [InlineData(60)]
    public async Task The_job_is_found_however_many_are_younger(int younger)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Run, Lost);
        host.Server.SelectReply = (route, _) =>
        {
            // Others of the team are busy before this one looks for its job.
            while (route is ScenarioRoute.Jobs && host.Server.Runs.Count <= younger)
            {
                host.Server.StartJob("model_openai-gpt-image-2", $$"""{"prompt":"another, number {{host.Server.Runs.Count}}"}""");
            }

            return null;
        };

        var outcome = await host.RenderAsync(host.Generate());

        (outcome.RequestId, outcome.Credits).ShouldBe(("job_0001", 7.68m));
        host.Server.Of(ScenarioRoute.Run).ShouldHaveSingleItem();
        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    [InlineData(-86_400)]
    public async Task An_equal_job_of_the_past_is_not_taken_for_it_whatever_the_clocks_say(int ahead)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Account.ClockAhead = TimeSpan.FromSeconds(ahead - 60);
        await host.RenderAsync(host.Generate(), new InMemoryRenderSink());
        host.Server.Account.ClockAhead = TimeSpan.FromSeconds(ahead);
        var (other, sink) = (host.CreateBackend(), new InMemoryRenderSink());
        host.Server.Enqueue(ScenarioRoute.Run, new ScenarioReply { DropBefore = true }, Lost);

        var none = (await Should.ThrowAsync<ImageException>(() => host.RenderAsync(host.Generate(), sink, other))).Failure;
        var found = await host.RenderAsync(host.Generate(), sink, other);

        (none.Code, none.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        (found.RequestId, host.Server.Runs.Count).ShouldBe(("job_0002", 2));
    }

    [Fact]
    public async Task Two_equal_requests_with_their_answers_lost_have_a_job_each()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.DrawImage = (order, _) => PngEncoder.Gradient(order.Size, Random.Shared.Next());
        host.Server.Enqueue(ScenarioRoute.Run, Lost, Lost, new ScenarioReply(), Lost);
        InMemoryRenderSink[] sinks = [new(), new(), new(), new()];

        var outcomes = await Task.WhenAll(sinks.Select(sink => host.RenderAsync(host.Generate(), sink)));

        outcomes.Select(outcome => outcome.RequestId).Order().ShouldBe(["job_0001", "job_0002", "job_0003", "job_0004"]);
        foreach (var (outcome, sink) in outcomes.Zip(sinks))
        {
            sink.Images.Single().ShouldBe(host.Server.Runs.Single(run => run.Id == outcome.RequestId).Assets.Single().Bytes);
        }
    }

    [Fact]
    public async Task A_request_of_which_there_is_no_job_is_uncertain_and_not_sent_again()
    {
        await using var host = await ScenarioHost.StartAsync();
        await host.RenderAsync(host.Generate(prompt: "another"), new InMemoryRenderSink());
        host.Server.Enqueue(ScenarioRoute.Run, new ScenarioReply { DropBefore = true });

        var failure = await host.FailAsync();

        (failure.Code, failure.Billed, failure.Retry).ShouldBe((FailureCode.AnswerLost, Billing.Unknown, RetryAdvice.Same));
        failure.Message.ShouldContain("may be billed again");
        host.Server.Of(ScenarioRoute.Jobs).Count.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(401)]
    public async Task A_list_that_is_refused_at_first_is_asked_for_again(int status)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Run, Lost).Enqueue(ScenarioRoute.Jobs, ScenarioReply.Refuse(status, "Not now"));

        (await host.RenderAsync(host.Generate())).RequestId.ShouldBe("job_0001");
    }

    [Fact]
    public async Task A_list_that_is_always_refused_leaves_it_uncertain()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Run, Lost);
        host.Server.SelectReply = (route, _) => route is ScenarioRoute.Jobs ? ScenarioReply.Refuse(401, "No") : null;

        var failure = await host.FailAsync();

        (failure.Code, failure.Billed, host.Server.Charged).ShouldBe((FailureCode.AnswerLost, Billing.Unknown, 7.68m));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"job":null}""")]
    [InlineData("""{"job":{"jobId":""}}""")]
    [InlineData("""{"job":{"jobId":{}}}""")]
    [InlineData("""[]""")]
    [InlineData("")]
    public async Task An_answer_without_an_id_is_a_lost_one(string body)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Run, new ScenarioReply { IsDone = true, Body = body });

        (await host.RenderAsync(host.Generate())).RequestId.ShouldBe("job_0001");
        host.Server.Of(ScenarioRoute.Run).ShouldHaveSingleItem();
    }
}
