using System.Net;
using System.Net.Sockets;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Responses;
using GptImage2.Generation.Errors;
using GptImage2.Testing.OpenAI.StrictResponses;

namespace GptImage2.Backends.Tests.OpenAI.Responses;

/// <summary>Orders that are refused or lost. What may have arrived is never sent again.</summary>
public sealed class OrderFailureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_is_lost_may_have_been_billed_and_nothing_is_sent_again(bool made)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { LostBefore = !made, LostAfter = made });

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.Retry, failure.Billed).ShouldBe((FailureCode.AnswerLost, RetryAdvice.Same, Billing.Unknown));
        failure.Message.ShouldContain("keeps no list of responses");
        failure.RequestId.ShouldBe(host.Server.Requests.ShouldHaveSingleItem().Headers["X-Client-Request-Id"]);
        host.Server.Books.Count.ShouldBe(made ? 1 : 0);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_after_the_id_loses_nothing()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { CutAnswerAfter = 100 });

        await host.RenderAsync(BackendHost.CreateRequest());

        host.Server.Orders.ShouldHaveSingleItem();
        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_in_the_id_may_have_been_billed()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { CutAnswerAfter = 15 });

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        host.Server.Orders.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(400, "moderation_blocked", null, FailureCode.ContentRejected, Billing.No, "prompt")]
    [InlineData(400, "invalid_value", "tools[0].size", FailureCode.InvalidRequest, Billing.No, "width and height")]
    [InlineData(400, "invalid_value", "tools[0].background", FailureCode.InvalidRequest, Billing.No, "background")]
    [InlineData(400, "invalid_value", "tools[0].quality", FailureCode.InvalidRequest, Billing.No, "quality")]
    [InlineData(400, "invalid_value", "input[0].content[0].text", FailureCode.InvalidRequest, Billing.No, "prompt")]
    [InlineData(400, "model_not_found", "model", FailureCode.ModelNotFound, Billing.No, null)]
    [InlineData(404, "model_not_found", "tools[0].model", FailureCode.ModelNotFound, Billing.No, null)]
    [InlineData(404, null, null, FailureCode.ServiceFailed, Billing.No, null)]
    [InlineData(401, "invalid_api_key", null, FailureCode.AccessDenied, Billing.No, null)]
    [InlineData(403, null, null, FailureCode.AccessDenied, Billing.No, null)]
    [InlineData(402, null, null, FailureCode.OutOfMoney, Billing.No, null)]
    [InlineData(429, "insufficient_quota", null, FailureCode.OutOfMoney, Billing.No, null)]
    [InlineData(307, null, null, FailureCode.ServiceFailed, Billing.No, null)]
    [InlineData(500, null, null, FailureCode.ServiceFailed, Billing.Unknown, null)]
    [InlineData(503, "server_is_overloaded", null, FailureCode.ServiceFailed, Billing.Unknown, null)]
    [InlineData(504, null, null, FailureCode.AnswerLost, Billing.Unknown, null)]
    public async Task A_refusal_is_explained_and_not_sent_again(int status, string? code, string? param, FailureCode expected, Billing billed, string? argument)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Refuses(status, code, "It said no.", param: param));

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.Billed, failure.Argument).ShouldBe((expected, billed, argument));
        failure.RequestId.ShouldBe("req_00000001");
        host.Server.Requests.ShouldHaveSingleItem();
        host.Server.Books.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("input[0].content[1].image_url", "references[0].image")]
    [InlineData("input[0].content[2].image_url", "references[1].image")]
    public async Task A_refused_image_is_named_as_the_caller_knows_it(string param, string argument)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Refuses(400, "invalid_image_format", "Unsupported image.", param: param));

        (await host.FailAsync(EditSamples.References(2), EditSamples.PngInputs(2))).Argument.ShouldBe(argument);
    }

    [Fact]
    public async Task A_refused_mask_is_named_as_the_caller_knows_it()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Refuses(400, "invalid_value", "Bad mask.", param: "tools[0].input_image_mask.image_url"));

        (await host.FailAsync(EditSamples.Inpaint(mask: "m.png"), EditSamples.PngInputs(1) with { Mask = EditSamples.FromBytes(EditSamples.Mask) })).Argument.ShouldBe("mask");
    }

    [Fact]
    public async Task An_unknown_text_model_is_named_with_its_setting()
    {
        await using var host = await ResponsesHost.StartAsync(responses: new ResponsesOptions { TextModel = "gpt-9" });

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        failure.Code.ShouldBe(FailureCode.ModelNotFound);
        failure.Message.ShouldContain("GPTIMAGE2_OPENAI__TEXTMODEL");
    }

    [Fact]
    public async Task A_rate_limit_is_waited_out()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Refuses(429, "rate_limit_exceeded", "Too fast.", retryAfter: "20"));

        var render = host.BeginAsync(BackendHost.CreateRequest());
        var waits = await host.SkipWaitsAsync(render);
        await render;

        waits[0].ShouldBe(TimeSpan.FromSeconds(20));
        host.Server.Books.ShouldHaveSingleItem();
        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_later_order_that_fails_loses_none_of_the_earlier_ones()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Draws, ResponseScript.Draws, ResponseScript.Refuses(400, "moderation_blocked", "No."));

        var failure = await host.FailAsync(BackendHost.CreateRequest(count: 5));

        host.Sink.Images.Count.ShouldBe(2);
        (failure.Code, failure.Billed).ShouldBe((FailureCode.ContentRejected, Billing.Yes));
        failure.Message.ShouldContain("2 of 5 images had been ordered");
        host.Server.Orders.Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_later_answer_that_is_lost_loses_none_of_the_earlier_ones()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Draws, new ResponseScript { LostAfter = true });

        var failure = await host.FailAsync(BackendHost.CreateRequest(count: 3));

        host.Sink.Images.ShouldHaveSingleItem();
        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        host.Server.Orders.Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_sending_costs_nothing_and_is_tried_again()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.OnBodyBytes = (length, _) => Task.FromResult(length < 1_000_000);

        var failure = await host.FailAsync(EditSamples.References(1), EditSamples.Inputs(EditSamples.FromBytes(new byte[12_000_000])));

        (failure.Code, failure.Billed).ShouldBe((FailureCode.ServiceUnreachable, Billing.No));
        host.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unreachable()
    {
        await using var host = await ResponsesHost.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var failure = await host.FailAsync(BackendHost.CreateRequest(), options: host.Options with { BaseUrl = new Uri($"http://127.0.0.1:{port}/v1") });

        (failure.Code, failure.Billed).ShouldBe((FailureCode.ServiceUnreachable, Billing.No));
    }

    [Fact]
    public async Task A_key_that_cannot_be_sent_is_refused_here()
    {
        await using var host = await ResponsesHost.StartAsync();

        var failure = await host.FailAsync(BackendHost.CreateRequest(), options: host.Options with { ApiKey = new Secret("a b") });

        failure.Code.ShouldBe(FailureCode.AccessDenied);
        host.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_check_asks_for_both_models_and_orders_nothing()
    {
        await using var host = await ResponsesHost.StartAsync();
        using var backend = host.CreateBackend();

        (await backend.CheckAsync(TestContext.Current.CancellationToken)).ShouldContain("gpt-5.4-mini");
        host.Server.Requests.Select(request => request.Path).ShouldBe(["/v1/models/gpt-image-2", "/v1/models/gpt-5.4-mini"]);
    }

    [Fact]
    public async Task The_check_names_a_text_model_that_is_not_there()
    {
        await using var host = await ResponsesHost.StartAsync(responses: new ResponsesOptions { TextModel = "gpt-9" });
        using var backend = host.CreateBackend();

        var failure = (await Should.ThrowAsync<ImageException>(() => backend.CheckAsync(TestContext.Current.CancellationToken))).Failure;

        failure.Code.ShouldBe(FailureCode.ModelNotFound);
        failure.Message.ShouldContain("gpt-9");
    }
}
