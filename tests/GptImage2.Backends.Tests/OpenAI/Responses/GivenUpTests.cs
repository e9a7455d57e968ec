using GptImage2.Testing.OpenAI.StrictResponses;

namespace GptImage2.Backends.Tests.OpenAI.Responses;

/// <summary>A job that nobody wants any more, and a process that ends.</summary>
public sealed class GivenUpTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_what_nobody_wants_any_more_is_stopped_at_the_service(bool givenUp)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Sink.IsGivenUp = givenUp;
        using var cancel = new CancellationTokenSource();
        var render = host.BeginAsync(BackendHost.CreateRequest(count: 2), cancellationToken: cancel.Token);
        await host.Time.TimerWithinAsync(TimeSpan.FromSeconds(60));

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Server.Books.Select(response => response.IsCancelled).ShouldBe([givenUp, givenUp]);
        host.Sink.Images.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_does_not_stop_is_no_reason_to_wait()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Sink.IsGivenUp = true;
        host.Server.CancelSignal = new TaskCompletionSource().Task;
        using var cancel = new CancellationTokenSource();
        var render = host.BeginAsync(BackendHost.CreateRequest(), cancellationToken: cancel.Token);
        await host.Time.TimerWithinAsync(TimeSpan.FromSeconds(60));

        await cancel.CancelAsync();
        await host.Server.WaitForRequestsAsync(2);
        host.Time.Advance(TimeSpan.FromSeconds(5));

        await Should.ThrowAsync<OperationCanceledException>(render);
    }

    /// <summary>The id is what the image is found by, so an answer that is under way is worth a moment.</summary>
    [Fact]
    public async Task The_answer_to_an_order_that_has_left_is_waited_for_and_recorded()
    {
        await using var host = await ResponsesHost.StartAsync();
        var held = new TaskCompletionSource();
        host.Server.Enqueue(new ResponseScript { AnswerSignal = held.Task });
        using var ending = new CancellationTokenSource();
        var render = host.BeginAsync(BackendHost.CreateRequest(), cancellationToken: ending.Token);
        await host.Server.WaitForRequestsAsync(1);

        await ending.CancelAsync();
        held.SetResult();

        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Checkpoint.ShouldContain(host.Server.Books.Single().Id);
    }

    [Fact]
    public async Task It_is_not_waited_for_long()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { AnswerSignal = new TaskCompletionSource().Task });
        using var ending = new CancellationTokenSource();
        var render = host.BeginAsync(BackendHost.CreateRequest(), cancellationToken: ending.Token);
        await host.Server.WaitForRequestsAsync(1);

        await ending.CancelAsync();
        host.Time.Advance(TimeSpan.FromSeconds(5));

        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Checkpoint.ShouldContain("\"sending\":true");
    }

    [Fact]
    public async Task What_has_not_left_is_not_sent()
    {
        await using var host = await ResponsesHost.StartAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => host.BeginAsync(BackendHost.CreateRequest(), cancellationToken: new CancellationToken(canceled: true)));

        host.Server.Books.ShouldBeEmpty();
    }
}
