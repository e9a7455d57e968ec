using GptImage2.Backends.OpenAI.Responses;
using GptImage2.Generation.Errors;
using GptImage2.Testing.OpenAI.StrictResponses;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.OpenAI.Responses;

/// <summary>Waiting for what was ordered.</summary>
public sealed class PollingTests
{
    [Theory]
    [InlineData(CompletionWindow.Soonest, new double[] { 2, 3, 4.5, 5, 5, 5 })]
    [InlineData(CompletionWindow.TwoHours, new double[] { 2, 3, 4.5, 6.75, 10.125, 15.1875, 22.78125, 34.171875, 51.2578125, 60, 60 })]
    public async Task The_pace_slackens(CompletionWindow window, double[] seconds)
    {
        await using var host = await ResponsesHost.StartAsync(responses: new ResponsesOptions { Window = window });
        host.Server.Enqueue(new ResponseScript { Polls = seconds.Length });

        var render = host.BeginAsync(BackendHost.CreateRequest());
        var waits = await host.SkipWaitsAsync(render);
        await render;

        waits.Select(wait => Math.Floor(wait.TotalMilliseconds)).ShouldBe(seconds.Select(wait => Math.Floor(wait * 1000)));
        host.Server.Requests.Count.ShouldBe(1 + seconds.Length);
    }

    public static TheoryData<PollScript> Troubles =>
    [
        PollScript.Error(500),
        PollScript.Error(503),
        PollScript.Error(429, code: "rate_limit_exceeded", retryAfter: "20"),
        PollScript.Error(408),
        new PollScript { Status = 502, Body = "<html>bad gateway</html>" },
        new PollScript { Disconnect = true },
        new PollScript { CutAfter = 20 },
        new PollScript { Status = 200, Body = "no json" },
        new PollScript { Status = 200, Body = "{}" },
        new PollScript { Status = 200, Body = """{"id":"resp_x","status":"thinking_hard","output":[]}""" },
        PollScript.Error(404),
    ];

    /// <summary>Whatever happens to a question, the order is never sent again, and the image comes.</summary>
    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Trouble_with_questions_is_survived(PollScript trouble)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.EnqueuePolls(new PollScript(), trouble, trouble, trouble, trouble);

        var outcome = await host.RenderAsync(BackendHost.CreateRequest());

        host.Server.Orders.ShouldHaveSingleItem();
        host.Sink.Images.ShouldHaveSingleItem().ShouldBe(host.Server.Books.Single().Image);
        outcome.Usage.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_service_that_asks_for_a_pause_gets_it()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.EnqueuePolls(PollScript.Error(429, retryAfter: "40"));

        var render = host.BeginAsync(BackendHost.CreateRequest());
        var waits = await host.SkipWaitsAsync(render);
        await render;

        waits.Take(2).Select(wait => wait.TotalSeconds).ShouldBe([2, 40]);
    }

    /// <summary>Cut off anywhere in the image, it is fetched again and stored once.</summary>
    [Theory]
    [InlineData(600)]
    [InlineData(1500)]
    [InlineData(3000)]
    public async Task An_image_that_is_cut_off_is_fetched_again(int cut)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { Polls = 1 });
        host.Server.EnqueuePolls(new PollScript { CutAfter = cut });

        var outcome = await host.RenderAsync(BackendHost.CreateRequest());

        host.Sink.Images.ShouldHaveSingleItem().ShouldBe(host.Server.Books.Single().Image);
        outcome.Usage.ShouldNotBeNull();
        host.Server.Orders.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_image_that_has_arrived_is_kept_where_the_rest_is_cut_off()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { Polls = 1 });
        host.Server.DrawImage = (_, _) => new byte[300];
        host.Server.EnqueuePolls(new PollScript { CutAfter = 1600 });

        var outcome = await host.RenderAsync(BackendHost.CreateRequest());

        host.Sink.Images.ShouldHaveSingleItem().Length.ShouldBe(300);
        outcome.Usage.ShouldBeNull();
    }

    [Fact]
    public async Task Senseless_answers_end_at_some_time()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.DrawImage = (_, _) => new byte[300];
        var broken = new PollScript { Status = 200, Body = """{"id":"resp_x","status":"completed","output":[{"type":"image_generation_call","result":"!!!!"}]}""" };
        host.Server.EnqueuePolls(broken, broken, broken, broken, broken);

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        failure.RequestId.ShouldBe(host.Server.Books.Single().Id);
        (host.Sink.Images.Count, host.Sink.IsOpen).ShouldBe((0, false));
    }

    [Theory]
    [InlineData(401, FailureCode.AccessDenied)]
    [InlineData(403, FailureCode.AccessDenied)]
    [InlineData(400, FailureCode.ServiceFailed)]
    [InlineData(307, FailureCode.ServiceFailed)]
    public async Task A_service_that_refuses_to_tell_is_reported_with_the_id(int status, FailureCode code)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.EnqueuePolls(PollScript.Error(status));

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.Billed, failure.RequestId).ShouldBe((code, Billing.Unknown, host.Server.Books.Single().Id));
    }

    [Fact]
    public async Task A_response_that_is_gone_is_reported_after_some_questions()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.EnqueuePolls([.. Enumerable.Repeat(PollScript.Error(404), 5)]);

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        host.Server.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_response_that_never_ends_is_given_up_after_the_time_of_its_window()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { Done = new TaskCompletionSource().Task });

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        failure.Message.ShouldContain("within 1 h");
        host.Server.Books.Single().IsCancelled.ShouldBeFalse();
    }

    [Fact]
    public async Task An_image_that_cannot_be_stored_is_said_to_be_billed()
    {
        await using var host = await ResponsesHost.StartAsync(new InMemoryRenderSink
        {
            Completing = _ => throw new ImageException(new Failure { Code = FailureCode.StorageFailed, Message = "The disk is full." }),
        });

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.Billed).ShouldBe((FailureCode.StorageFailed, Billing.Yes));
        host.Sink.IsOpen.ShouldBeFalse();
    }
}
