using GptImage2.Testing.Hosts;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tasks;

/// <summary>The tasks extension: the same jobs, looked at in another way.</summary>
public sealed class TasksExtensionTests : IAsyncLifetime
{
    private const string Extension = "io.modelcontextprotocol/tasks";

    /// <summary>What the protocol calls a missing capability of the client.</summary>
    private const int MissingCapability = -32021;

    private readonly TaskCompletionSource _draw = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StrictOpenAI? _service;

    private StrictOpenAI Service => _service!;

    public async ValueTask InitializeAsync()
    {
        _service = await StrictOpenAI.StartAsync();
        _service.DefaultResponse = new ScriptedResponse { StartSignal = _draw.Task };
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    [Fact]
    public async Task A_call_becomes_a_task_whose_id_is_its_jobs_and_that_ends_with_the_calls_result()
    {
        await using var server = await StartAsync();

        var begun = await CallAsync(server);
        await Service.WaitForRequestsAsync(1);
        var during = await GetAsync(server, begun);
        _draw.SetResult();
        var after = await EndAsync(server, begun);

        begun["resultType"]!.GetValue<string>().ShouldBe("task");
        begun["status"]!.GetValue<string>().ShouldBe("working");
        begun["createdAt"]!.GetValue<DateTimeOffset>().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        begun.ContainsKey("ttlMs").ShouldBeTrue();
        begun["pollIntervalMs"]!.GetValue<int>().ShouldBePositive();
        during["resultType"]!.GetValue<string>().ShouldBe("complete");
        during["status"]!.GetValue<string>().ShouldBe("working");
        during["statusMessage"]!.GetValue<string>().ShouldMatch("sending the request|is drawing");
        during.ContainsKey("result").ShouldBeFalse();
        after["status"]!.GetValue<string>().ShouldBe("completed");
        var result = ResultOf(after);
        result.JobId.ShouldBe(Id(begun));
        result.Images.ShouldHaveSingleItem();
        result.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        Service.Orders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_task_can_be_seen_from_another_process()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync(root: first.Root);

        var begun = await CallAsync(first);
        var there = await GetAsync(second, begun);
        _draw.SetResult();

        there["status"]!.GetValue<string>().ShouldBe("working");
        ResultOf(await EndAsync(second, begun)).Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_job_that_fails_is_a_completed_task_with_an_error_for_a_result()
    {
        Service.Enqueue(ScriptedResponse.Error(400, "moderation_blocked", "Your request was rejected by the safety system."));
        await using var server = await StartAsync();

        var after = await EndAsync(server, await CallAsync(server));

        after["status"]!.GetValue<string>().ShouldBe("completed");
        ResultOf(after).IsError.ShouldBe(true);
        ResultOf(after).Json.GetProperty("failure").GetProperty("billed").GetString().ShouldBe("no");
    }

    [Theory]
    [InlineData("""{ "prompt": "a fox", "dry_run": true }""", "PLAN")]
    [InlineData("""{ "prompt": "a fox", "count": 99 }""", "count: expected")]
    [InlineData("""{ "prompt": "a fox", "preset": "wide_4k", "quality": "high", "count": 10 }""", "PERCALLUSD")]
    public async Task What_makes_no_job_makes_no_task(string arguments, string says)
    {
        await using var server = await StartAsync();

        var result = await server.RawAsync("tools/call", new JsonObject { ["name"] = "generate_image", ["arguments"] = JsonNode.Parse(arguments) });

        result["resultType"]?.GetValue<string>().ShouldBe("complete");
        result["content"]![0]!["text"]!.GetValue<string>().ShouldContain(says);
    }

    [Fact]
    public async Task Other_tools_answer_as_ever()
    {
        await using var server = await StartAsync();
        var begun = await CallAsync(server);

        (await server.UseAsync("list_presets", [])).IsError.ShouldNotBe(true);
        (await server.CheckAsync(Id(begun), wait: 0)).Status.ShouldBeOneOf("queued", "running");
    }

    [Fact]
    public async Task Cancelling_is_acknowledged_and_what_was_sent_goes_on_because_it_is_billed()
    {
        await using var server = await StartAsync();
        var begun = await CallAsync(server);
        await Service.WaitForRequestsAsync(1);

        var answer = await server.RawAsync("tasks/cancel", new JsonObject { ["taskId"] = Id(begun) });
        _draw.SetResult();

        answer["resultType"]!.GetValue<string>().ShouldBe("complete");
        ResultOf(await EndAsync(server, begun)).Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Where_the_user_wants_it_cancelling_ends_the_task_and_says_that_it_may_be_billed()
    {
        await using var server = await StartAsync([("GPTIMAGE2_JOBS__ONCANCEL", "abort")]);
        var begun = await CallAsync(server);
        await Service.WaitForRequestsAsync(1);

        await server.RawAsync("tasks/cancel", new JsonObject { ["taskId"] = Id(begun) });
        var after = await EndAsync(server, begun);

        after["status"]!.GetValue<string>().ShouldBe("cancelled");
        after.ContainsKey("result").ShouldBeFalse();
        after["statusMessage"]!.GetValue<string>().ShouldContain("may bill");
    }

    [Fact]
    public async Task Answers_to_questions_nobody_asked_are_acknowledged()
    {
        await using var server = await StartAsync();
        var begun = await CallAsync(server);

        var answer = await server.RawAsync("tasks/update", new JsonObject { ["taskId"] = Id(begun), ["inputResponses"] = new JsonObject() });

        answer["resultType"]!.GetValue<string>().ShouldBe("complete");
    }

    [Theory]
    [InlineData("tasks/get")]
    [InlineData("tasks/update")]
    [InlineData("tasks/cancel")]
    public async Task Only_those_who_opted_in_find_a_task_and_only_one_that_exists(string method)
    {
        await using var server = await StartAsync();
        await using var plain = await McpHost.StartAsync(cancellationToken: Cancellation);
        await using var older = await StartAsync(protocol: ProtocolRevisions.Legacy);

        (await ErrorAsync(server, method, new JsonObject { ["taskId"] = "job_nowhere" })).ShouldBe((int)McpErrorCode.InvalidParams);
        (await ErrorAsync(server, method, [])).ShouldBe((int)McpErrorCode.InvalidParams);
        (await ErrorAsync(server, method, new JsonObject { ["taskId"] = 5 })).ShouldBe((int)McpErrorCode.InvalidParams);
        (await ErrorAsync(plain, method, new JsonObject { ["taskId"] = "job_nowhere" })).ShouldBe(MissingCapability);
        (await ErrorAsync(older, method, new JsonObject { ["taskId"] = "job_nowhere" })).ShouldBe((int)McpErrorCode.MethodNotFound);
    }

    [Fact]
    public async Task Older_clients_are_never_given_a_task()
    {
        _draw.SetResult();
        await using var older = await StartAsync(protocol: ProtocolRevisions.Legacy);

        (await older.MakeAsync(McpCallExtensions.Fox)).Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_extension_is_advertised()
    {
        await using var server = await StartAsync();

        server.Client.ServerCapabilities.Extensions.ShouldNotBeNull().Keys.ShouldContain(Extension);
        server.Client.ServerCapabilities.Tools.ShouldNotBeNull();
        server.Client.ServerCapabilities.Resources.ShouldNotBeNull();
        server.Client.ServerCapabilities.Prompts.ShouldNotBeNull();
        server.Client.ServerCapabilities.Completions.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_same_call_joins_the_task_until_its_images_were_fetched()
    {
        await using var server = await StartAsync();
        var begun = await CallAsync(server);
        var twin = await CallAsync(server);
        _draw.SetResult();
        await EndAsync(server, begun);

        var anew = await CallAsync(server);

        Id(twin).ShouldBe(Id(begun));
        Id(anew).ShouldNotBe(Id(begun));
    }

    private Task<McpHost> StartAsync((string, string)[]? more = null, string? root = null, string? protocol = null) => McpHost.StartAsync(
        McpCallExtensions.Settings(Service, more ?? []),
        protocol: protocol,
        root: root,
        configure: options => options.Capabilities = new ClientCapabilities { Extensions = new Dictionary<string, object> { [Extension] = new JsonObject() } },
        cancellationToken: Cancellation);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<JsonObject> CallAsync(McpHost server) => server.RawAsync(
        "tools/call",
        new JsonObject { ["name"] = "generate_image", ["arguments"] = new JsonObject { ["prompt"] = "a fox", ["quality"] = "low" } });

    private static Task<JsonObject> GetAsync(McpHost server, JsonObject task) => server.RawAsync("tasks/get", new JsonObject { ["taskId"] = Id(task) });

    /// <summary>Asks until the task is over.</summary>
    private static async Task<JsonObject> EndAsync(McpHost server, JsonObject task)
    {
        JsonObject now;
        do
        {
            now = await GetAsync(server, task);
        }
        while (now["status"]!.GetValue<string>() is "working");

        return now;
    }

    private static async Task<int> ErrorAsync(McpHost server, string method, JsonObject parameters) =>
        (int)(await Should.ThrowAsync<McpProtocolException>(() => server.RawAsync(method, parameters))).ErrorCode;

    private static CallToolResult ResultOf(JsonObject task) => task["result"].Deserialize<CallToolResult>(McpJsonUtilities.DefaultOptions)!;

    private static string Id(JsonObject task) => task["taskId"]!.GetValue<string>();
}
