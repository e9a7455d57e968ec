using GptImage2.Testing.Hosts;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Jobs;

/// <summary>Above a limit of theirs users are asked before anything is spent, in the way of either protocol era.</summary>
public sealed class ConsentTests : IAsyncLifetime
{
    private readonly List<string> _questions = [];
    private StrictOpenAI? _service;

    private StrictOpenAI Service => _service!;

    public async ValueTask InitializeAsync() => _service = await StrictOpenAI.StartAsync();

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    [Theory]
    [InlineData(ProtocolRevisions.Legacy)]
    [InlineData(ProtocolRevisions.Modern)]
    public async Task A_user_who_agrees_gets_the_image(string protocol)
    {
        await using var server = await StartAsync(protocol, "accept");

        var result = await server.MakeAsync(Dear);

        result.Images.ShouldHaveSingleItem();
        _questions.ShouldHaveSingleItem().ShouldContain("may cost up to $");
    }

    [Theory]
    [InlineData(ProtocolRevisions.Legacy, "decline")]
    [InlineData(ProtocolRevisions.Legacy, "cancel")]
    [InlineData(ProtocolRevisions.Modern, "decline")]
    [InlineData(ProtocolRevisions.Modern, "cancel")]
    public async Task A_user_who_does_not_agree_spends_nothing(string protocol, string action)
    {
        await using var server = await StartAsync(protocol, action);

        var result = await server.MakeAsync(Dear);

        result.IsError.ShouldBe(true);
        result.Text.ShouldContain("declined");
        result.Text.ShouldContain("Nothing was sent");
        _questions.Count.ShouldBe(1);
        Service.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ProtocolRevisions.Legacy)]
    [InlineData(ProtocolRevisions.Modern)]
    public async Task Where_the_client_cannot_ask_the_refusal_says_how_to_allow_it(string protocol)
    {
        await using var server = await StartAsync(protocol, action: null);

        var result = await server.MakeAsync(Dear);

        result.IsError.ShouldBe(true);
        result.Text.ShouldContain("cannot ask");
        result.Text.ShouldContain("GPTIMAGE2_SPENDING__CONFIRMUSD");
        result.Json.GetProperty("failure").GetProperty("code").GetString().ShouldBe("spending_refused");
        Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_price_is_another_question()
    {
        await using var server = await StartAsync(ProtocolRevisions.Modern, "accept");

        await server.MakeAsync(Dear);
        await server.MakeAsync(new(Dear) { ["count"] = 2 });

        _questions.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_to_another_question_is_no_consent()
    {
        await using var server = await StartAsync(ProtocolRevisions.Modern, "decline");
        var call = Raw();
        call["inputResponses"] = new JsonObject { ["confirm"] = new JsonObject { ["action"] = "accept", ["content"] = new JsonObject() } };
        call["requestState"] = new string('0', 64);

        var result = await server.RawAsync("tools/call", call);

        result["content"]![0]!["text"]!.GetValue<string>().ShouldContain("declined");
        _questions.Count.ShouldBe(1);
        Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_question_comes_before_there_is_a_task()
    {
        await using var server = await StartAsync(ProtocolRevisions.Modern, "accept", tasks: true);

        var begun = await server.RawAsync("tools/call", Raw());

        begun["resultType"]!.GetValue<string>().ShouldBe("task");
        _questions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_costs_little_or_is_only_planned_asks_nobody()
    {
        await using var server = await StartAsync(ProtocolRevisions.Modern, "decline");

        (await server.MakeAsync(McpCallExtensions.Fox)).Images.ShouldHaveSingleItem();
        (await server.MakeAsync(new(Dear) { ["dry_run"] = true })).Text.ShouldStartWith("PLAN");

        _questions.ShouldBeEmpty();
    }

    private static Dictionary<string, object?> Dear => new(McpCallExtensions.Fox) { ["quality"] = "high" };

    private static JsonObject Raw() => new()
    {
        ["name"] = "generate_image",
        ["arguments"] = new JsonObject { ["prompt"] = "a fox", ["quality"] = "high" },
    };

    /// <param name="action">What the user does when asked, or null where the client cannot ask.</param>
    private Task<McpHost> StartAsync(string protocol, string? action, bool tasks = false) => McpHost.StartAsync(
        McpCallExtensions.Settings(Service, ("GPTIMAGE2_SPENDING__CONFIRMUSD", "0.10")),
        protocol: protocol,
        configure: options =>
        {
            options.Capabilities = tasks ? new ClientCapabilities { Extensions = new Dictionary<string, object> { ["io.modelcontextprotocol/tasks"] = new JsonObject() } } : null;
            options.Handlers.ElicitationHandler = action is null ? null : (question, _) =>
            {
                _questions.Add(question!.Message);
                return ValueTask.FromResult(new ElicitResult { Action = action, Content = action is "accept" ? new Dictionary<string, System.Text.Json.JsonElement>() : null });
            };
        },
        cancellationToken: TestContext.Current.CancellationToken);
}
