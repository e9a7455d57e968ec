using System.Net;
using System.Net.Sockets;
using GptImage2.Backends.Http;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Backends.Tests.OpenAI;

public sealed class RetryTests
{
    [Fact]
    public async Task A_rate_limit_is_waited_out_as_long_as_it_says()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.RateLimit("20"), ScriptedResponse.RateLimit() with { Headers = new Dictionary<string, string> { ["retry-after-ms"] = "1500", ["Retry-After"] = "9" } });

        var render = host.RenderAsync(BackendHost.CreateRequest());
        var waits = await host.SkipWaitsAsync(render);
        var outcome = await render;

        waits.ShouldBe([TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1.5)]);
        outcome.RequestId.ShouldBe("req_00000003");
        host.Sink.Stages.ShouldBe([
            RenderStage.Sending, RenderStage.Drawing, RenderStage.Sending, RenderStage.Drawing,
            RenderStage.Sending, RenderStage.Drawing, RenderStage.Receiving]);
        host.Server.Requests.Select(r => r.Headers["X-Client-Request-Id"]).Distinct().Count().ShouldBe(3);
        host.Server.Requests.Select(r => r.Body).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_date_to_wait_for_is_understood()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.RateLimit("Sun, 22 Nov 2026 12:00:30 GMT"));

        var render = host.RenderAsync(BackendHost.CreateRequest());
        var waits = await host.SkipWaitsAsync(render);
        await render;

        waits.ShouldBe([TimeSpan.FromSeconds(30)]);
    }

    [Theory]
    [InlineData("rate_limit_exceeded")]
    [InlineData("slow_down")]
    public async Task After_three_tries_the_rate_limit_is_reported(string code)
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.DefaultResponse = ScriptedResponse.Error(429, code, "Too fast.");

        var render = host.FailAsync(BackendHost.CreateRequest());
        var waits = await host.SkipWaitsAsync(render);
        var failure = (await render).Failure;

        (failure.Code, failure.Retry, failure.Billed).ShouldBe((FailureCode.RateLimited, RetryAdvice.Later, Billing.No));
        failure.RequestId.ShouldBe("req_00000003");
        host.Server.Requests.Count.ShouldBe(RetryPolicy.MaxAttempts);
        waits.Count.ShouldBe(2);
        waits.ShouldAllBe(wait => wait < TimeSpan.FromSeconds(10));
    }

    /// <summary>Whoever was refused together must not come back together, and nobody before the service said.</summary>
    [Theory]
    [InlineData("20", 0, 20, 0.5)]
    [InlineData("20", 0.5, 21.5, 1)]
    [InlineData("20", 1, 23, 1.5)]
    [InlineData("0", 0.5, 0.5, 1)]
    [InlineData("60", 1, 67, 1.5)]
    [InlineData("-5", 0.5, 1, 1)]
    [InlineData("soon", 1, 1.5, 1.5)]
    [InlineData("1e9", 0, 0.5, 0.5)]
    [InlineData("Sun, 22 Nov 2026 11:59:00 GMT", 0.5, 0.5, 1)]
    public async Task Waits_are_spread_and_never_shorter_than_asked(string asked, double chance, double first, double ifNobodyAsks)
    {
        await using var host = await BackendHost.StartAsync();
        host.RandomValue = chance;
        host.Server.Enqueue(ScriptedResponse.RateLimit(asked));
        await using var silent = await BackendHost.StartAsync();
        silent.RandomValue = chance;
        silent.Server.Enqueue(ScriptedResponse.RateLimit(), ScriptedResponse.RateLimit());

        var (told, untold) = (host.RenderAsync(BackendHost.CreateRequest()), silent.RenderAsync(BackendHost.CreateRequest()));

        (await host.SkipWaitsAsync(told)).ShouldBe([TimeSpan.FromSeconds(first)]);
        (await silent.SkipWaitsAsync(untold)).ShouldBe([TimeSpan.FromSeconds(ifNobodyAsks), TimeSpan.FromSeconds(2 * ifNobodyAsks)]);
        await Task.WhenAll(told, untold);
    }

    /// <summary>What waits has been refused for nothing: nobody may take it for drawn, and so for billed.</summary>
    [Fact]
    public async Task A_request_that_waits_to_be_sent_again_counts_as_unsent()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.RateLimit("30"));
        using var leaving = new CancellationTokenSource();

        var render = host.RenderAsync(BackendHost.CreateRequest(), cancellationToken: leaving.Token);
        await host.Time.TimerWithinAsync(RetryPolicy.MaxDelay).WaitAsync(TestContext.Current.CancellationToken);

        host.Sink.Stages.ShouldBe([RenderStage.Sending, RenderStage.Drawing, RenderStage.Sending]);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Server.Requests.ShouldHaveSingleItem();
        host.Sink.Stages[^1].ShouldBe(RenderStage.Sending);
    }

    /// <summary>An error that may be billed leaves the last word with the drawing.</summary>
    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task A_request_that_may_be_billed_never_counts_as_unsent_again(int status)
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.Error(status, "slow_down", "Not now.") with { Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } });

        await host.FailAsync(BackendHost.CreateRequest());

        host.Sink.Stages.ShouldBe([RenderStage.Sending, RenderStage.Drawing]);
        host.Server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_secure_connection_that_does_not_come_about_is_tried_three_times()
    {
        await using var host = await BackendHost.StartAsync();
        var options = host.Options with { BaseUrl = new UriBuilder(host.Server.BaseUrl) { Scheme = "https" }.Uri };

        var render = host.FailAsync(BackendHost.CreateRequest(), options);
        var waits = await host.SkipWaitsAsync(render);
        var failure = (await render).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.ServiceUnreachable, Billing.No));
        failure.Message.ShouldContain("could not be established");
        waits.Count.ShouldBe(2);
        host.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_must_wait_longer_than_a_minute_is_reported_at_once()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.RateLimit("61"));

        var failure = (await host.FailAsync(BackendHost.CreateRequest())).Failure;

        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(61));
        failure.Message.ShouldContain("Wait 61 s");
        host.Server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_refused_connection_is_tried_three_times_and_costs_nothing()
    {
        await using var host = await BackendHost.StartAsync();
        var options = host.Options with { BaseUrl = new Uri($"http://127.0.0.1:{ClosedPort()}/v1") };

        var render = host.FailAsync(BackendHost.CreateRequest(), options);
        var waits = await host.SkipWaitsAsync(render);
        var failure = (await render).Failure;

        (failure.Code, failure.Retry, failure.Billed).ShouldBe((FailureCode.ServiceUnreachable, RetryAdvice.Later, Billing.No));
        failure.Message.ShouldContain("cannot be reached");
        waits.Count.ShouldBe(2);
        host.Sink.Stages.ShouldAllBe(stage => stage == RenderStage.Sending);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "cannot be resolved")]
    [InlineData(SocketError.NetworkUnreachable, "cannot be reached")]
    public async Task A_network_that_comes_back_is_used(SocketError error, string told)
    {
        await using var host = await BackendHost.StartAsync();
        var failing = 4;
        host.Handler.ConnectCallback = async (context, token) =>
        {
            if (failing-- > 0)
            {
                throw new SocketException((int)error);
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, token);
            return new NetworkStream(socket, ownsSocket: true);
        };

        var first = host.FailAsync(BackendHost.CreateRequest());
        await host.SkipWaitsAsync(first);
        var second = host.RenderAsync(BackendHost.CreateRequest());
        await host.SkipWaitsAsync(second);
        await second;

        (await first).Message.ShouldContain(told);
        host.Server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_connection_that_is_never_made_is_unreachable_too()
    {
        await using var host = await BackendHost.StartAsync();
        host.Handler.ConnectTimeout = TimeSpan.FromMilliseconds(1);
        host.Handler.ConnectCallback = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            throw new InvalidOperationException("Nobody waits for ever.");
        };

        var render = host.FailAsync(BackendHost.CreateRequest());
        await host.SkipWaitsAsync(render);

        var failure = (await render).Failure;
        (failure.Code, failure.Billed).ShouldBe((FailureCode.ServiceUnreachable, Billing.No));
    }

    [Fact]
    public async Task A_timeout_is_not_tried_again_and_may_be_billed()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { StartSignal = new TaskCompletionSource().Task });

        var render = host.FailAsync(BackendHost.CreateRequest());
        await host.Server.WaitForRequestsAsync(1);
        host.Time.Advance(TimeSpan.FromSeconds(601));
        var failure = (await render).Failure;

        (failure.Code, failure.Retry, failure.Billed).ShouldBe((FailureCode.AnswerLost, RetryAdvice.Same, Billing.Unknown));
        failure.Message.ShouldContain("within 600 s");
        failure.RequestId.ShouldBe(host.Server.Requests.Single().Headers["X-Client-Request-Id"]);
        await host.Server.Requests.Single().Gone;
    }

    [Fact]
    public async Task A_wait_between_tries_takes_nothing_from_the_time_of_the_next()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.RateLimit("50"), ScriptedResponse.RateLimit("50"));

        var render = host.RenderAsync(BackendHost.CreateRequest(), host.Options with { Timeout = TimeSpan.FromSeconds(70) });
        await host.SkipWaitsAsync(render);

        (await render).RequestId.ShouldBe("req_00000003");
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
