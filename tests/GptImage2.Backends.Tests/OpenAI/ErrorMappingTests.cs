using GptImage2.Generation.Errors;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Backends.Tests.OpenAI;

/// <summary>Every error of OpenAI's that we know of, and what an agent is told.</summary>
public sealed class ErrorMappingTests
{
    private const string UserError = "image_generation_user_error";

    /// <summary>Status, code, type, parameter and message as sent; code, retry, billing, argument and a part of the text as told.</summary>
    public static TheoryData<int, string?, string, string?, string, FailureCode, RetryAdvice, Billing, string?, string> Errors => new()
    {
        { 400, "moderation_blocked", UserError, null, "Your request was rejected. safety_violations=[sexual, violence].", FailureCode.ContentRejected, RetryAdvice.Changed, Billing.No, "prompt", "(sexual, violence)" },
        { 400, "content_policy_violation", UserError, null, "Rejected.", FailureCode.ContentRejected, RetryAdvice.Changed, Billing.No, "prompt", "safety system refused the request." },
        { 400, "invalid_value", UserError, "size", "Invalid size '1000x1000'. Width and height must both be divisible by 16.", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "width and height", "divisible by 16" },
        { 400, "invalid_value", UserError, "background", "Transparent background is not supported for this model.", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "background", "background auto or opaque" },
        { 400, "invalid_value", UserError, "n", "Too many.", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "count", "rejected count: Too many." },
        { 400, "invalid_value", UserError, "output_format", "No.", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "format", "Change format" },
        { 400, "invalid_value", UserError, "output_compression", "No.", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "compression", "Change compression" },
        { 400, "invalid_value", UserError, "prompt", "Too long.", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "prompt", "Too long." },
        { 400, "invalid_value", UserError, "quality", "No.", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "quality", "Change quality" },
        { 400, "unknown_parameter", "invalid_request_error", "stream", "Unknown parameter: 'stream'.", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, null, "GPTIMAGE2_OPENAI__STREAM=false" },
        { 401, "invalid_api_key", "invalid_request_error", null, "Incorrect API key provided: sk-tes****cdef.", FailureCode.AccessDenied, RetryAdvice.No, Billing.No, null, "OPENAI_API_KEY" },
        { 401, "mismatched_organization", "invalid_request_error", null, "Key and organization differ.", FailureCode.AccessDenied, RetryAdvice.No, Billing.No, null, "OPENAI_ORG_ID" },
        { 403, null, "invalid_request_error", null, "Your organization must be verified to use the model `gpt-image-2`. Please go to: https://…", FailureCode.AccessDenied, RetryAdvice.No, Billing.No, null, "https://platform.openai.com/settings/organization/general" },
        { 403, "unsupported_country_region_territory", "request_forbidden", null, "Country, region, or territory not supported", FailureCode.AccessDenied, RetryAdvice.No, Billing.No, null, "territory not supported. " },
        { 404, "model_not_found", "invalid_request_error", null, "The model does not exist.", FailureCode.ModelNotFound, RetryAdvice.No, Billing.No, null, "GPTIMAGE2_MODEL" },
        { 404, null, "invalid_request_error", null, "Invalid URL (POST /v2/images)", FailureCode.ServiceFailed, RetryAdvice.No, Billing.No, null, "OPENAI_BASE_URL" },
        { 429, "insufficient_quota", "insufficient_quota", null, "You exceeded your current quota.", FailureCode.OutOfMoney, RetryAdvice.No, Billing.No, null, "no credit left" },
        { 429, "credit_balance_exhausted", "insufficient_quota", null, "No credit.", FailureCode.OutOfMoney, RetryAdvice.No, Billing.No, null, "settings/organization/billing" },
        { 429, "organization_spend_limit_exceeded", "insufficient_quota", null, "Limit.", FailureCode.OutOfMoney, RetryAdvice.No, Billing.No, null, "organisation's spending limit" },
        { 429, "project_spend_limit_exceeded", "insufficient_quota", null, "Limit.", FailureCode.OutOfMoney, RetryAdvice.No, Billing.No, null, "project's spending limit" },
        { 429, "organization_usage_limit_exceeded", "insufficient_quota", null, "Limit.", FailureCode.OutOfMoney, RetryAdvice.No, Billing.No, null, "organisation's spending limit" },
        { 400, "billing_hard_limit_reached", "invalid_request_error", null, "Billing hard limit has been reached", FailureCode.OutOfMoney, RetryAdvice.No, Billing.No, null, "settings/organization/limits" },
        { 500, "server_error", "server_error", null, "The server had an error.", FailureCode.ServiceFailed, RetryAdvice.Later, Billing.Unknown, null, "may be billed again" },
        { 503, "server_is_overloaded", "server_error", null, "Overloaded.", FailureCode.ServiceFailed, RetryAdvice.Later, Billing.Unknown, null, "overloaded" },
        { 504, null, "server_error", null, "Upstream.", FailureCode.AnswerLost, RetryAdvice.Same, Billing.Unknown, null, "timed out" },
        { 409, null, "conflict", null, "Conflict.", FailureCode.ServiceFailed, RetryAdvice.No, Billing.Unknown, null, "HTTP 409: Conflict." },
        { 307, null, "", null, "Elsewhere.", FailureCode.ServiceFailed, RetryAdvice.No, Billing.No, null, "redirect" },
    };

    [Theory, MemberData(nameof(Errors))]
    public async Task An_error_is_explained_and_never_repeated(
        int status, string? code, string type, string? param, string message, FailureCode expected, RetryAdvice retry, Billing billed, string? argument, string part)
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.Error(status, code, message, type, param) with { Headers = new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:1/" } });

        var thrown = await host.FailAsync(BackendHost.CreateRequest("a secret garden"));

        thrown.Failure.ShouldBe(new Failure
        {
            Code = expected,
            Message = thrown.Message,
            Retry = retry,
            Billed = billed,
            Argument = argument,
            RequestId = "req_00000001",
        });
        thrown.Message.ShouldContain(part);
        thrown.Message.ShouldContain(billed is Billing.No ? "Not billed." : "billed");
        thrown.Message.ShouldEndWith("Request id: req_00000001");
        host.Server.Requests.ShouldHaveSingleItem();
        ShouldTellNoSecrets(host, thrown);
    }

    [Theory]
    [InlineData("""{"error":"Out of memory"}""", "application/json", ": Out of memory.")]
    [InlineData("""{"detail":"Out of memory"}""", "application/json", ": Out of memory.")]
    [InlineData("""{"detail":[{"loc":["body"],"msg":"Out of memory"}]}""", "application/json", ": Out of memory.")]
    [InlineData("""{"message":"Out of memory"}""", "application/json", ": Out of memory.")]
    [InlineData("<html>Bad gateway</html>", "text/html", "HTTP 502. Whether")]
    [InlineData("", "text/plain", "HTTP 502. Whether")]
    [InlineData("[1]", "application/json", "HTTP 502. Whether")]
    [InlineData("""{"error":{"message":"\ud800","code":7}}""", "application/json", "HTTP 502. Whether")]
    [InlineData("""{"error":{"message":"one\u0000\n two\u001b[31m"}}""", "application/json", ": one two [31m.")]
    public async Task Any_form_of_error_body_is_understood(string body, string type, string part)
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { Status = 502, Body = body, BodyType = type });

        var failure = (await host.FailAsync(BackendHost.CreateRequest())).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.ServiceFailed, Billing.Unknown));
        failure.Message.ShouldContain(part);
    }

    [Fact]
    public async Task A_long_text_is_shortened()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.Error(500, null, new string('x', 100_000)));

        (await host.FailAsync(BackendHost.CreateRequest())).Message.Length.ShouldBeLessThan(600);
    }

    [Theory]
    [InlineData("input", "refused the prompt (violence, self-harm)", "same words will be refused again")]
    [InlineData("output", "refused the image it had drawn (violence, self-harm)", "may pass another time")]
    [InlineData("unknown", "refused the request (violence, self-harm)", "Change the prompt")]
    public async Task Moderation_tells_stage_and_categories(string stage, string what, string advice)
    {
        await using var host = await BackendHost.StartAsync();
        var body = $$"""{"error":{"type":"image_generation_user_error","code":"moderation_blocked","message":"No.","moderation_details":{"moderation_stage":"{{stage}}","categories":["violence","self-harm"]} } }""";
        host.Server.Enqueue(new ScriptedResponse { Status = 400, Body = body });

        var failure = (await host.FailAsync(BackendHost.CreateRequest())).Failure;

        (failure.Code, failure.Retry, failure.Billed).ShouldBe((FailureCode.ContentRejected, RetryAdvice.Changed, Billing.No));
        failure.Message.ShouldContain(what);
        failure.Message.ShouldContain(advice);
    }

    [Theory]
    [InlineData("""{"error":{"code":"moderation_blocked","type":"image_generation_user_error","moderation_details":{"moderation_stage":"output","categories":[]}}}""", FailureCode.ContentRejected, Billing.Unknown)]
    [InlineData("""{"error":{"code":"rate_limit_exceeded","message":"Slow."}}""", FailureCode.RateLimited, Billing.No)]
    [InlineData("""{"error":{"type":"insufficient_quota"}}""", FailureCode.OutOfMoney, Billing.No)]
    [InlineData("""{"error":{"code":"server_error","type":"server_error","message":"Oh."}}""", FailureCode.ServiceFailed, Billing.Unknown)]
    public async Task An_error_in_the_stream_is_explained_too(string data, FailureCode code, Billing billed)
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { BodyType = "text/event-stream", Body = $"event: error\ndata: {data}\n\n" });

        var failure = (await host.FailAsync(BackendHost.CreateRequest())).Failure;

        (failure.Code, failure.Billed, failure.RequestId).ShouldBe((code, billed, "req_00000001"));
        host.Server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_stand_in_refuses_what_the_rules_should_have_caught()
    {
        await using var host = await BackendHost.StartAsync();

        var failure = (await host.FailAsync(BackendHost.CreateRequest() with { Size = new(1000, 1000) })).Failure;

        failure.Argument.ShouldBe("width and height");
        failure.Message.ShouldBe(
            "OpenAI rejected width and height: Invalid size '1000x1000'. Width and height must both be divisible by 16. Change width and height and call again. Not billed. Request id: req_00000001");
    }

    [Fact]
    public async Task A_key_that_the_service_quotes_is_not_passed_on()
    {
        await using var host = await BackendHost.StartAsync();
        foreach (var status in (int[])[400, 401, 403, 404, 500])
        {
            host.Server.Enqueue(ScriptedResponse.Error(status, "strange", string.Create(CultureInfo.InvariantCulture, $"You sent {host.Server.ApiKey}, which is not sk-proj-abc****xyz.")));

            ShouldTellNoSecrets(host, await host.FailAsync(BackendHost.CreateRequest("a secret garden")));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sk-with\nnewline")]
    [InlineData("sk-zażółć")]
    public async Task A_key_that_cannot_be_sent_is_reported(string key)
    {
        await using var host = await BackendHost.StartAsync();

        var thrown = await host.FailAsync(BackendHost.CreateRequest(), host.Options with { ApiKey = new(key) });

        thrown.Failure.Code.ShouldBe(FailureCode.AccessDenied);
        host.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Options_do_not_show_their_key() =>
        new GptImage2.Backends.OpenAI.OpenAIOptions { ApiKey = new("sk-very-secret") }.ToString().ShouldNotContain("very-secret");

    private static void ShouldTellNoSecrets(BackendHost host, Exception thrown)
    {
        foreach (var text in (string[])[thrown.ToString(), .. host.Logs])
        {
            text.ShouldNotContain(host.Server.ApiKey);
            text.ShouldNotContain("sk-");
            text.ShouldNotContain("secret garden");
        }
    }
}
