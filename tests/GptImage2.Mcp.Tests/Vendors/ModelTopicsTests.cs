using GptImage2.Testing.Azure;
using GptImage2.Testing.Compatible;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.Scenario;

namespace GptImage2.Mcp.Tests.Vendors;

/// <summary>What an agent reads of models, sizes and limits is true of the backend that is set, and plain.</summary>
public sealed partial class ModelTopicsTests : IAsyncLifetime
{
    private const string WithoutRate = "scenario without a price of a credit";

    private StrictScenario _scenario = null!;
    private StrictAzure _azure = null!;
    private StrictOpenAI _openAI = null!;
    private StrictServer _local = null!;
    private StrictServer _router = null!;

    public static TheoryData<string, string> Readings() =>
    [
        .. from backend in (string[])["scenario", WithoutRate, "azure", "scenario,openai", "compatible", "openrouter", "sketch"]
           from topic in (string[])["models", "sizes", "limits", "roles", "quality-and-cost", "which-model", "model-limits"]
           select (backend, topic),
    ];

    public async ValueTask InitializeAsync()
    {
        _scenario = await StrictScenario.StartAsync();
        _azure = await StrictAzure.StartAsync();
        _openAI = await StrictOpenAI.StartAsync();
        _local = await StrictServer.StartAsync(new StrictVllmOmni());
        _router = await StrictServer.StartAsync(new StrictOpenRouter());
    }

    public async ValueTask DisposeAsync()
    {
        await _scenario.DisposeAsync();
        await _azure.DisposeAsync();
        await _openAI.DisposeAsync();
        await _local.DisposeAsync();
        await _router.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task Nothing_is_left_out_of_a_sentence(string backend, string topic)
    {
        var text = await ReadAsync(backend, topic);

        // A day, a price, a list or a number that is not there.
        foreach (var gap in (string[])["released :", "released .", ": ;", "  ", ", ,", " .", "$0.0000", "$ ", "1 to 0", " 0 references", "{{", ":\n\n"])
        {
            text.ShouldNotContain(gap);
        }

        text.TrimEnd().ShouldNotEndWith(":");
        EmptyLine.IsMatch(text).ShouldBeFalse(text);
    }

    [Fact]
    public async Task Scenario_is_priced_in_credits()
    {
        var models = await ReadAsync("scenario", "models");
        models.Split('\n').ShouldBe(
        [
            "In use: scenario with model_openai-gpt-image-2: up to 10 references and up to 10 images a call; billed in credits, of which dry_run: true names the number (one costs $0.01).",
            "remove_background with method: service is done by model_bria-remove-background at scenario; dry_run: true names its price.",
            "The user chooses the model of scenario with GPTIMAGE2_MODEL:",
            "model_openai-gpt-image-2: qualities auto, low, medium, high; billed in credits, of which dry_run: true names the number",
            "model_openai-gpt-image-2-5-flare: qualities auto, low, medium, high, xhigh, max; billed in credits, of which dry_run: true names the number",
            "model_openai-gpt-image-2-5-sunburst: qualities auto, low, medium, high, xhigh, max; billed in credits, of which dry_run: true names the number",
        ]);

        var sizes = await ReadAsync("scenario", "sizes");
        sizes.ShouldStartWith("Sizes of model_openai-gpt-image-2:\nsquare 1024x1024\n");
        sizes.ShouldEndWith(" Calls are billed in credits of the service; dry_run: true names their number. A call may cost at most $2.00.");
        (await ReadAsync("scenario", "limits")).ShouldContain("1 to 10 images a call, up to 10 references. inpaint_region takes images of any size.");
        (await ReadAsync("scenario", "quality-and-cost")).ShouldContain("remove_background (not with method: service, which scenario bills)");
        (await ReadAsync("scenario", "which-model")).ShouldNotContain("No published price formula");
    }

    [Theory]
    [InlineData("sizes")]
    [InlineData("limits")]
    [InlineData("models")]
    [InlineData("quality-and-cost")]
    [InlineData("model-limits")]
    public async Task Where_credits_have_no_price_it_is_told_what_to_set(string topic) =>
        (await ReadAsync(WithoutRate, topic)).ShouldContain("GPTIMAGE2_SPENDING__USDPERCREDIT");

    [Fact]
    public async Task The_model_of_Azure_is_a_deployment_with_OpenAIs_prices()
    {
        var models = await ReadAsync("azure", "models");

        models.ShouldStartWith("In use: azure with gpt-image-2: up to 16 references and up to 10 images a call; a medium square $0.0527.\nThe user chooses the model of azure with AZURE_OPENAI_DEPLOYMENT:\ngpt-image-2");
        (await ReadAsync("azure", "sizes")).ShouldContain("square 1024x1024: low $0.0059 medium $0.0527 high $0.2107");
        (await ReadAsync("azure", "limits")).ShouldContain("Formats png, jpeg. A call may cost at most $2.00.");
        var guide = await ReadAsync("azure", "which-model");
        guide.ShouldContain("The user sets AZURE_OPENAI_DEPLOYMENT in the environment");
        guide.ShouldNotContain("GPTIMAGE2_MODEL");
    }

    [Fact]
    public async Task Of_several_each_says_what_it_can_and_costs()
    {
        var lines = (await ReadAsync("scenario,openai", "models")).Split('\n');

        lines[0].ShouldBe("In use, each where those before it failed unbilled and it can do the same:");
        lines[1].ShouldStartWith("1. scenario with model_openai-gpt-image-2: up to 10 references and up to 10 images a call; billed in credits");
        lines[2].ShouldBe("2. openai with gpt-image-2: up to 16 references and up to 10 images a call; a medium square $0.0527.");
        (await ReadAsync("scenario,openai", "limits")).ShouldStartWith("Limits of model_openai-gpt-image-2 (scenario): ");
    }

    [Fact]
    public async Task A_server_of_ones_own_is_free_and_its_model_is_its_own()
    {
        (await ReadAsync("compatible", "models")).Split('\n').ShouldBe(
        [
            "In use: compatible with vllm-omni: up to 16 references and up to 10 images a call; free.",
            "The user chooses the model of compatible with GPTIMAGE2_COMPATIBLE__MODEL.",
        ]);
        (await ReadAsync("compatible", "sizes")).ShouldEndWith(" Images are free.");
        (await ReadAsync("compatible", "limits")).ShouldNotContain("$");
        (await ReadAsync("compatible", "quality-and-cost")).ShouldNotContain("Input images are billed");
    }

    [Fact]
    public async Task A_server_without_masks_and_prices_says_so()
    {
        (await ReadAsync("openrouter", "models")).ShouldStartWith("In use: compatible with openai/some-model: up to 16 references and up to 10 images a call, no inpaint_region; its price is unknown.");
        (await ReadAsync("openrouter", "sizes")).ShouldEndWith(" What an image costs is unknown here. A spending cap is set: calls of unknown price are refused until the user sets GPTIMAGE2_SPENDING__UNPRICED=allow.");
        (await ReadAsync("openrouter", "limits")).ShouldContain("inpaint_region is refused, because no masks are taken here.");
    }

    private async Task<string> ReadAsync(string backend, string topic)
    {
        await using var server = await McpHost.StartAsync(Settings(backend), cancellationToken: TestContext.Current.CancellationToken);
        var read = await server.UseAsync("list_presets", new() { ["topic"] = topic });
        read.IsError.ShouldNotBe(true, read.Text);
        return read.Text;
    }

    private IEnumerable<(string Variable, string Value)> Settings(string backend) => backend switch
    {
        "scenario" => [.. ScenarioServer.Settings(_scenario), ("GPTIMAGE2_SPENDING__USDPERCREDIT", "0.01")],
        WithoutRate => ScenarioServer.Settings(_scenario),
        "azure" => AzureServerTests.Settings(_azure),
        "scenario,openai" => [.. ScenarioServer.Settings(_scenario), .. McpCallExtensions.Settings(_openAI), ("GPTIMAGE2_SPENDING__USDPERCREDIT", "0.01"), ("GPTIMAGE2_BACKENDS", backend)],
        "compatible" => [("GPTIMAGE2_COMPATIBLE__URL", _local.Url.ToString()), ("GPTIMAGE2_COMPATIBLE__SERVER", "vllm-omni")],
        "openrouter" => [("GPTIMAGE2_COMPATIBLE__URL", _router.Url.ToString()), ("GPTIMAGE2_COMPATIBLE__SERVER", backend), ("GPTIMAGE2_COMPATIBLE__MODEL", "openai/some-model")],
        _ => [],
    };

    /// <summary>A dash, or a number, with nothing after it.</summary>
    [GeneratedRegex(@"^(-|\d+\.) *$", RegexOptions.Multiline)]
    private static partial Regex EmptyLine { get; }
}
