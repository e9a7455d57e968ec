using GptImage2.Backends.Http;
using GptImage2.Generation.Errors;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>Every error of Scenario's that we know of, and what an agent is told.</summary>
public sealed class ErrorMappingTests
{
    /// <summary>Status and body as sent; code, retry, billing, argument and a part of the text as told.</summary>
    public static TheoryData<int, string, FailureCode, RetryAdvice, Billing, string?, string> Errors => new()
    {
        { 400, """{"reason":"Input prompt is required"}""", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "prompt", ": Input prompt is required." },
        { 400, """{"reason":"width must be a multiple of 16"}""", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "width and height", "multiple of 16" },
        { 400, """{"message":"numOutputs is too large"}""", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "count", "too large" },
        { 400, """{"reason":"quality: unknown value"}""", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "quality", "unknown value" },
        { 400, """{"reason":"background transparent is not available"}""", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, "background", "not available" },
        { 400, """{"status":"error","code":"BAD","message":"Unknown input seed"}""", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, null, "Unknown input seed" },
        { 400, """{"statusCode":400,"error":"Bad Request","message":"Body is wrong"}""", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, null, ": Body is wrong." },
        { 400, """{"error":"Quota exceeded","code":"QUOTA_EXCEEDED"}""", FailureCode.OutOfMoney, RetryAdvice.No, Billing.No, null, "creative units" },
        { 400, """{"reason":"Your request was rejected by the safety system."}""", FailureCode.ContentRejected, RetryAdvice.Changed, Billing.No, "prompt", "safety system refused the prompt" },
        { 422, """{"detail":"The image was flagged"}""", FailureCode.ContentRejected, RetryAdvice.Changed, Billing.No, "prompt", "flagged" },
        { 413, """{"message":"Request Too Long"}""", FailureCode.InvalidRequest, RetryAdvice.Changed, Billing.No, null, "Request Too Long" },
        { 401, """{"message":"Unauthorized"}""", FailureCode.AccessDenied, RetryAdvice.No, Billing.No, null, "SCENARIO_SDK_API_KEY" },
        { 402, """{"reason":"Not enough creative units"}""", FailureCode.OutOfMoney, RetryAdvice.No, Billing.No, null, "no creative units left" },
        { 403, """{"name":"ModelAccessRestrictedError","modelId":"model_x","requiredPlan":"cu-pro-q3-25","reason":"Restricted","trace_id":"t"}""", FailureCode.AccessDenied, RetryAdvice.No, Billing.No, null, "the plan cu-pro-q3-25 or above" },
        { 403, """{"name":"ModelAccessRestrictedError"}""", FailureCode.AccessDenied, RetryAdvice.No, Billing.No, null, "a higher plan" },
        { 403, """{"reason":"Forbidden"}""", FailureCode.AccessDenied, RetryAdvice.No, Billing.No, null, "key's permissions" },
        { 404, """{"reason":"Model not found"}""", FailureCode.ModelNotFound, RetryAdvice.No, Billing.No, null, "GPTIMAGE2_MODEL" },
        { 429, """{"reason":"Too fast","remainingSeconds":12}""", FailureCode.RateLimited, RetryAdvice.Later, Billing.No, null, "Wait 12 s" },
        { 429, """{"reason":"Too fast","details":{"remainingSeconds":7.5}}""", FailureCode.RateLimited, RetryAdvice.Later, Billing.No, null, "Wait 8 s" },
        { 429, """{"reason":"Too many","details":{"actionName":"custom","actionLimit":5},"trace_id":"t"}""", FailureCode.RateLimited, RetryAdvice.Later, Billing.No, null, "at most 5 such jobs" },
        { 429, """{"reason":"Slow down"}""", FailureCode.RateLimited, RetryAdvice.Later, Billing.No, null, "Wait a minute" },
        { 409, """{"reason":"Conflict"}""", FailureCode.ServiceFailed, RetryAdvice.No, Billing.No, null, "HTTP 409: Conflict." },
        { 307, """{}""", FailureCode.ServiceFailed, RetryAdvice.No, Billing.No, null, "redirect" },
        { 500, """{"reason":"Internal"}""", FailureCode.ServiceFailed, RetryAdvice.Later, Billing.Unknown, null, "HTTP 500: Internal." },
        { 502, "<html>Bad gateway</html>", FailureCode.ServiceFailed, RetryAdvice.Later, Billing.Unknown, null, "HTTP 502." },
        { 503, """{"message":"Service Unavailable"}""", FailureCode.ServiceFailed, RetryAdvice.Later, Billing.Unknown, null, "may be billed again" },
        { 504, "", FailureCode.ServiceFailed, RetryAdvice.Later, Billing.Unknown, null, "No job of it is in the project's list" },
        { 500, """{"error":{"message":"Nested"}}""", FailureCode.ServiceFailed, RetryAdvice.Later, Billing.Unknown, null, ": Nested." },
        { 500, """{"reason":"one\u0000\n two\u001b[31m"}""", FailureCode.ServiceFailed, RetryAdvice.Later, Billing.Unknown, null, ": one two [31m." },
        { 500, """{"reason":"\ud800","details":7}""", FailureCode.ServiceFailed, RetryAdvice.Later, Billing.Unknown, null, "HTTP 500" },
    };

    [Theory, MemberData(nameof(Errors))]
    public async Task An_error_is_explained_and_the_run_never_repeated(int status, string body, FailureCode code, RetryAdvice retry, Billing billed, string? argument, string part)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Run, new ScenarioReply { Status = status, Body = body, Headers = new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:1/" } });

        var failure = await host.FailAsync();

        (failure.Code, failure.Retry, failure.Billed, failure.Argument).ShouldBe((code, retry, billed, argument));
        failure.Message.ShouldContain(part);
        failure.Message.ShouldContain(billed is Billing.No ? "Not billed." : "billed");
        failure.RequestId.ShouldBe(body.Contains("\"trace_id\":\"t\"", StringComparison.Ordinal) ? "t" : null);
        host.Server.Of(ScenarioRoute.Run).ShouldHaveSingleItem();
        host.Server.Runs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, "SCENARIO_SDK_API_KEY")]
    [InlineData(true, "live for about a minute")]
    public async Task The_gateways_refusal_is_told_by_its_header(bool token, string part)
    {
        await using var host = await ScenarioHost.StartAsync(options => token ? options with { Token = new Secret("jwt.expired.123456") } : options);
        if (!token)
        {
            host.Server.SelectReply = (_, _) => ScenarioReply.Refuse(403, new JsonObject { ["Message"] = "No" }) with { Headers = new Dictionary<string, string> { ["x-amzn-errortype"] = "AccessDeniedException" } };
        }

        var failure = await host.FailAsync();

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AccessDenied, Billing.No));
        failure.Message.ShouldContain(part);
    }

    [Fact]
    public async Task A_project_of_somebody_elses_is_named()
    {
        await using var host = await ScenarioHost.StartAsync(options => options with { ProjectId = "proj_other" });

        var failure = await host.FailAsync();

        failure.Code.ShouldBe(FailureCode.AccessDenied);
        failure.Message.ShouldContain("proj_other");
        failure.Message.ShouldContain("SCENARIO_PROJECT_ID");
    }

    [Fact]
    public async Task A_question_that_costs_nothing_is_repeated_after_a_rate_limit()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.DryRun, ScenarioReply.Refuse(429, new JsonObject { ["remainingSeconds"] = 2 }));

        (await host.QuoteAsync()).ShouldBe(7.68m);

        host.Server.Of(ScenarioRoute.DryRun).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Real_ceilings_and_plans_of_the_account_are_told()
    {
        await using var host = await ScenarioHost.StartAsync();
        (host.Server.Account.MaxConcurrentJobs, host.Server.Account.Credits) = (0, 100);
        (await host.FailAsync()).Message.ShouldContain("at most 0 such jobs");

        (host.Server.Account.MaxConcurrentJobs, host.Server.Account.Credits) = (null, 1);
        (await host.FailAsync()).Code.ShouldBe(FailureCode.OutOfMoney);

        host.Server.Account.RequiredPlan = "pro";
        (await host.FailAsync()).Message.ShouldContain("the plan pro or above");
    }

    [Theory]
    [InlineData(ScenarioRoute.Run, 400)]
    [InlineData(ScenarioRoute.Run, 401)]
    [InlineData(ScenarioRoute.Run, 403)]
    [InlineData(ScenarioRoute.Run, 404)]
    [InlineData(ScenarioRoute.Run, 500)]
    [InlineData(ScenarioRoute.Job, 403)]
    [InlineData(ScenarioRoute.Asset, 403)]
    [InlineData(ScenarioRoute.Model, 403)]
    public async Task Credentials_that_the_service_quotes_are_not_passed_on(ScenarioRoute route, int status)
    {
        await using var host = await ScenarioHost.StartAsync();
        var account = host.Server.Account;
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{account.Key}:{account.KeySecret}"));
        host.Server.SelectReply = (asked, _) => asked == route ? ScenarioReply.Refuse(status, $"You sent {account.Key} and {account.KeySecret}, or Basic {encoded}") : null;

        var thrown = await Should.ThrowAsync<ImageException>(() => host.RenderAsync(host.Generate()));

        foreach (var secret in (string[])[account.Key, account.KeySecret, encoded])
        {
            thrown.ToString().ShouldNotContain(secret);
        }

        host.Options.ToString().ShouldNotContain(account.KeySecret);
    }
}
