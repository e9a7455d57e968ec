using GptImage2.Generation.Errors;
using GptImage2.Testing.OpenAI.Responses;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.OpenAI;

public sealed class CancellationTests
{
    [Fact]
    public async Task Cancelling_before_the_answer_hangs_up()
    {
        await using var studio = await BackendHost.StartAsync();
        using var cancel = new CancellationTokenSource();
        studio.Server.Enqueue(new ScriptedResponse { StartSignal = new TaskCompletionSource().Task });

        var render = studio.RenderAsync(BackendHost.CreateRequest(), cancellationToken: cancel.Token);
        await studio.Server.WaitForRequestsAsync(1);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(render);
        await studio.Server.Requests.Single().Gone;
    }

    [Fact]
    public async Task Cancelling_in_the_answer_keeps_what_came_whole()
    {
        using var cancel = new CancellationTokenSource();
        await using var studio = await BackendHost.StartAsync(new InMemoryRenderSink { Completing = _ => cancel.Cancel() });

        await Should.ThrowAsync<OperationCanceledException>(studio.RenderAsync(BackendHost.CreateRequest(count: 10) with { Size = new(2048, 2048) }, cancellationToken: cancel.Token));

        studio.Sink.Images.ShouldNotBeEmpty();
        studio.Sink.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelling_while_waiting_to_try_again_sends_nothing_more()
    {
        await using var studio = await BackendHost.StartAsync();
        using var cancel = new CancellationTokenSource();
        studio.Server.DefaultResponse = ScriptedResponse.RateLimit("30");

        var render = studio.RenderAsync(BackendHost.CreateRequest(), cancellationToken: cancel.Token);
        await studio.Time.TimerWithinAsync(TimeSpan.FromSeconds(60));
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(render);
        studio.Server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_timeout_in_the_answer_keeps_what_came_whole()
    {
        BackendHost? late = null;
        await using var studio = late = await BackendHost.StartAsync(new InMemoryRenderSink { Completing = _ => late!.Time.Advance(TimeSpan.FromSeconds(601)) });

        var failure = (await studio.FailAsync(BackendHost.CreateRequest(count: 10) with { Size = new(2048, 2048) })).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        failure.Message.ShouldContain("saved");
        studio.Sink.Images.ShouldNotBeEmpty();
    }
}
