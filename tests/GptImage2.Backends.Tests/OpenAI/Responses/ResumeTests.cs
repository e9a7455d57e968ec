using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Testing.OpenAI.StrictResponses;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.OpenAI.Responses;

/// <summary>What another process makes of a checkpoint. It never orders anything.</summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Images_that_were_ordered_are_delivered_by_the_next_process(int count)
    {
        await using var host = await ResponsesHost.StartAsync();
        await DieWhileWaitingAsync(host, count);
        var sink = new InMemoryRenderSink();

        var outcome = await host.ResumeAsync(host.Checkpoint, BackendHost.CreateRequest(count: count), sink);

        sink.Images.Select(Convert.ToHexString).ShouldBe(host.Server.Books.Select(response => Convert.ToHexString(response.Image)));
        host.Server.Orders.Count().ShouldBe(count);
        outcome.Usage.ShouldNotBeNull();
        outcome.RequestId.ShouldBe(host.Server.Books[0].Id);
        sink.Stages[0].ShouldBe(RenderStage.Drawing);
    }

    [Fact]
    public async Task Images_that_are_stored_are_not_fetched_again()
    {
        await using var host = await ResponsesHost.StartAsync();
        await DieWhileWaitingAsync(host, count: 3);
        var sink = new InMemoryRenderSink();

        var outcome = await host.ResumeAsync(host.Checkpoint, BackendHost.CreateRequest(count: 3), sink, skip: 2);

        sink.Images.ShouldHaveSingleItem().ShouldBe(host.Server.Books[2].Image);
        host.Server.Books.Take(2).ShouldAllBe(response => response.Polls <= 1);

        // What the others used is not known here, so the cost is bound by the reservation.
        outcome.Usage.ShouldBeNull();
    }

    [Fact]
    public async Task An_order_whose_answer_was_never_read_may_have_been_billed()
    {
        await using var host = await ResponsesHost.StartAsync();
        var held = new TaskCompletionSource();
        host.Server.Enqueue(new ResponseScript { AnswerSignal = held.Task });
        var render = host.BeginAsync(BackendHost.CreateRequest());
        await host.Server.WaitForRequestsAsync(1);
        var checkpoint = host.Checkpoint;
        var sink = new InMemoryRenderSink();

        var failure = await host.FailToResumeAsync(checkpoint, BackendHost.CreateRequest(), sink);

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        failure.Message.ShouldContain("keeps no list");
        host.Server.Requests.ShouldHaveSingleItem();
        held.SetResult();
        await host.SkipWaitsAsync(render);
        await render;
    }

    [Fact]
    public async Task A_process_that_died_between_two_orders_loses_no_image_that_was_ordered()
    {
        await using var host = await ResponsesHost.StartAsync();
        var held = new TaskCompletionSource();
        host.Server.Enqueue(ResponseScript.Draws, new ResponseScript { AnswerSignal = held.Task });
        var render = host.BeginAsync(BackendHost.CreateRequest(count: 3));
        await host.Server.WaitForRequestsAsync(2);
        var (checkpoint, sink) = (host.Checkpoint, new InMemoryRenderSink());

        var failure = await host.FailToResumeAsync(checkpoint, BackendHost.CreateRequest(count: 3), sink);

        sink.Images.ShouldHaveSingleItem().ShouldBe(host.Server.Books[0].Image);
        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        host.Server.Orders.Count().ShouldBe(2);
        held.SetResult();
        await host.SkipWaitsAsync(render);
        await render;
    }

    [Fact]
    public async Task What_was_never_ordered_cost_nothing_and_is_named()
    {
        await using var host = await ResponsesHost.StartAsync();
        await DieWhileWaitingAsync(host, count: 2);
        var sink = new InMemoryRenderSink();

        var failure = await host.FailToResumeAsync(host.Checkpoint, BackendHost.CreateRequest(count: 5), sink);

        sink.Images.Count.ShouldBe(2);
        (failure.Billed, failure.Argument).ShouldBe((Billing.Yes, "count"));
        failure.Message.ShouldContain("2 of 5");
    }

    /// <summary>The numbers of images must stay what they were, so a response that gave none leaves the checkpoint.</summary>
    [Fact]
    public async Task A_response_that_ended_without_an_image_is_not_counted_as_stored()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Fails("server_error", "Oops."), ResponseScript.Draws, new ResponseScript { Done = new TaskCompletionSource().Task });
        var dying = new CancellationTokenSource();
        var render = host.BeginAsync(BackendHost.CreateRequest(count: 3), cancellationToken: dying.Token);
        _ = host.SkipWaitsAsync(render);
        await host.Server.WaitForRequestsAsync(3 + 3 + 3 + 1);
        await dying.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Sink.Images.ShouldHaveSingleItem().ShouldBe(host.Server.Books[1].Image);

        host.Checkpoint.ShouldBe($$"""{"responses":["{{host.Server.Books[1].Id}}","{{host.Server.Books[2].Id}}"],"sending":false,"without_image":1}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"model":"model_openai-gpt-image-2","job":"job_1","since":"2026-11-28T10:00:00Z"}""")]
    [InlineData("""{"responses":null,"sending":false,"without_image":0}""")]
    public async Task A_checkpoint_that_cannot_be_read_is_no_reason_to_order_again(string checkpoint)
    {
        await using var host = await ResponsesHost.StartAsync();

        var failure = await host.FailToResumeAsync(checkpoint, BackendHost.CreateRequest(), new InMemoryRenderSink());

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        host.Server.Requests.ShouldBeEmpty();
    }

    /// <summary>A process that ends leaves everything as it is: the service goes on.</summary>
    private static async Task DieWhileWaitingAsync(ResponsesHost host, int count)
    {
        using var dying = new CancellationTokenSource();
        var render = host.BeginAsync(BackendHost.CreateRequest(count: count), cancellationToken: dying.Token);
        await host.Time.TimerWithinAsync(TimeSpan.FromSeconds(60));
        await dying.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Server.Books.ShouldAllBe(response => !response.IsCancelled);
    }
}
