using GptImage2.Generation.Errors;
using GptImage2.Testing.OpenAI.Responses;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.OpenAI;

public sealed class CancellationTests
{
    [Fact]
    public async Task Cancelling_before_the_answer_hangs_up()
    {
        await using var host = await BackendHost.StartAsync();
        using var cancel = new CancellationTokenSource();
        host.Server.Enqueue(new ScriptedResponse { StartSignal = new TaskCompletionSource().Task });

        var render = host.RenderAsync(BackendHost.CreateRequest(), cancellationToken: cancel.Token);
        await host.Server.WaitForRequestsAsync(1);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(render);
        await host.Server.Requests.Single().Gone;
    }

    [Fact]
    public async Task Cancelling_in_the_answer_keeps_what_came_whole()
    {
        using var cancel = new CancellationTokenSource();
        await using var host = await BackendHost.StartAsync(new InMemoryRenderSink { Completing = _ => cancel.Cancel() });

        await Should.ThrowAsync<OperationCanceledException>(host.RenderAsync(BackendHost.CreateRequest(count: 10) with { Size = new(2048, 2048) }, cancellationToken: cancel.Token));

        host.Sink.Images.ShouldNotBeEmpty();
        host.Sink.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelling_while_waiting_to_try_again_sends_nothing_more()
    {
        await using var host = await BackendHost.StartAsync();
        using var cancel = new CancellationTokenSource();
        host.Server.DefaultResponse = ScriptedResponse.RateLimit("30");

        var render = host.RenderAsync(BackendHost.CreateRequest(), cancellationToken: cancel.Token);
        await host.Time.TimerWithinAsync(TimeSpan.FromSeconds(60));
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_timeout_in_the_answer_keeps_what_came_whole()
    {
        BackendHost? late = null;
        await using var host = late = await BackendHost.StartAsync(new InMemoryRenderSink { Completing = _ => late!.Time.Advance(TimeSpan.FromSeconds(601)) });

        var failure = (await host.FailAsync(BackendHost.CreateRequest(count: 10) with { Size = new(2048, 2048) })).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        failure.Message.ShouldContain("saved");
        host.Sink.Images.ShouldNotBeEmpty();
    }
}
