using GptImage2.Generation.Errors;
using GptImage2.Testing.OpenAI.StrictResponses;

namespace GptImage2.Backends.Tests.OpenAI.Responses;

/// <summary>Responses that end without an image.</summary>
public sealed class EndingTests
{
    public static TheoryData<string, ResponseScript, FailureCode, string> Endings => new()
    {
        { "failed", ResponseScript.Fails("server_error", "The server had an error."), FailureCode.ServiceFailed, "The server had an error." },
        { "rate limit", ResponseScript.Fails("rate_limit_exceeded", "Too fast."), FailureCode.RateLimited, "Wait a minute" },
        { "policy", ResponseScript.Fails("image_content_policy_violation", "No."), FailureCode.ContentRejected, "safety system" },
        { "prompt", ResponseScript.Fails("invalid_prompt", "No."), FailureCode.ContentRejected, "the prompt" },
        { "image", ResponseScript.Fails("invalid_image_format", "Not an image."), FailureCode.InvalidRequest, "Not an image." },
        { "unknown code", ResponseScript.Fails("a_new_code", "What?"), FailureCode.ServiceFailed, "What?" },
        { "no error", new ResponseScript { Status = "failed", HasImage = false }, FailureCode.ServiceFailed, "failed while drawing" },
        { "tokens", new ResponseScript { Status = "incomplete", HasImage = false, IncompleteReason = "max_output_tokens" }, FailureCode.ServiceFailed, "GPTIMAGE2_OPENAI__TEXTMODEL" },
        { "no reason", new ResponseScript { Status = "incomplete", HasImage = false }, FailureCode.ServiceFailed, "no reason given" },
        { "cancelled", new ResponseScript { Status = "cancelled", HasImage = false }, FailureCode.Cancelled, "cancelled at OpenAI" },
        { "no image", new ResponseScript { HasImage = false, Words = "I would rather not." }, FailureCode.AnswerLost, "I would rather not." },
        { "silence", new ResponseScript { HasImage = false }, FailureCode.AnswerLost, "without an image" },
        { "refusal", new ResponseScript { HasImage = false, Refused = "I cannot help with that." }, FailureCode.ContentRejected, "I cannot help with that." },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Are_explained_with_what_is_known_of_the_bill(string what, ResponseScript script, FailureCode code, string words)
    {
        await using var host = await ResponsesHost.StartAsync();
        await using var silent = await ResponsesHost.StartAsync();
        host.Server.Enqueue(script);
        silent.Server.Enqueue(script with { WithoutUsage = true });

        var (failure, unknown) = (await host.FailAsync(BackendHost.CreateRequest()), await silent.FailAsync(BackendHost.CreateRequest()));

        (failure.Code, failure.Billed).ShouldBe((code, Billing.Yes), what);
        (unknown.Code, unknown.Billed).ShouldBe((code, Billing.Unknown), what);
        failure.Message.ShouldContain(words);
        failure.Message.ShouldContain("billed");
        failure.RequestId.ShouldBe(host.Server.Books.Single().Id);
        failure.OutputBlocked.ShouldBeFalse();
        host.Server.Orders.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("input", false, "the prompt")]
    [InlineData("output", true, "the image it had drawn")]
    public async Task By_moderation_say_at_which_stage(string stage, bool output, string words)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Blocks(stage));

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.OutputBlocked, failure.Billed).ShouldBe((FailureCode.ContentRejected, output, Billing.Yes));
        failure.Message.ShouldContain(words);
        failure.Message.ShouldContain("violence");
        failure.Message.ShouldNotContain("unknown");
    }

    [Fact]
    public async Task By_a_filter_of_the_output_are_blocks_of_the_output()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { Status = "incomplete", HasImage = false, IncompleteReason = "content_filter" });

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.OutputBlocked).ShouldBe((FailureCode.ContentRejected, true));
    }

    /// <summary>What is drawn is paid for, however the response ends.</summary>
    [Theory]
    [InlineData("incomplete")]
    [InlineData("failed")]
    public async Task With_an_image_all_the_same_deliver_it(string status)
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(new ResponseScript { Status = status, IncompleteReason = "max_output_tokens" });

        await host.RenderAsync(BackendHost.CreateRequest());

        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_one_image_keep_none_of_the_others_from_being_delivered()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Draws, ResponseScript.Blocks("output"), ResponseScript.Draws);

        var failure = await host.FailAsync(BackendHost.CreateRequest(count: 3));

        host.Sink.Images.Select(Convert.ToHexString).ShouldBe([Convert.ToHexString(host.Server.Books[0].Image), Convert.ToHexString(host.Server.Books[2].Image)]);
        (failure.Code, failure.OutputBlocked).ShouldBe((FailureCode.ContentRejected, true));
    }

    [Fact]
    public async Task Never_quote_the_key()
    {
        await using var host = await ResponsesHost.StartAsync();
        host.Server.Enqueue(ResponseScript.Fails("server_error", $"Bad key {host.Server.ApiKey}"));

        (await host.FailAsync(BackendHost.CreateRequest())).Message.ShouldNotContain(host.Server.ApiKey);
    }
}
