using GptImage2.Backends;
using GptImage2.Backends.OpenAI.Responses;
using GptImage2.Mcp.Configuration;

namespace GptImage2.Mcp.Tests.Configuration;

/// <summary>What draws, and with what, is read from the environment; what cannot be meant stops the start.</summary>
public sealed class BackendSettingsTests
{
    private static readonly (string Variable, string Value)[] Scenario = [("SCENARIO_SDK_API_KEY", "key"), ("SCENARIO_SDK_API_SECRET", "secret")];

    [Fact]
    public void Without_any_nothing_but_sketches_is_set()
    {
        var backends = Read();

        (backends.OpenAI, backends.Scenario, backends.Azure, backends.Compatible, backends.Responses).ShouldBe((null, null, null, null, null));
        (backends.Model, backends.Order.Count).ShouldBe(("gpt-image-2", 0));
    }

    [Fact]
    public void Every_setting_of_OpenAI_is_read()
    {
        var backends = Read(
            ("OPENAI_API_KEY", "sk-1"), ("OPENAI_BASE_URL", "https://proxy.example/v1"), ("OPENAI_ORG_ID", "org"), ("OPENAI_PROJECT_ID", "project"), ("GPTIMAGE2_MODEL", "gpt-image-2.5-flare"),
            ("GPTIMAGE2_OPENAI__STREAM", "false"), ("GPTIMAGE2_OPENAI__PARTIALIMAGES", "2"), ("GPTIMAGE2_OPENAI__TIMEOUTSECONDS", "30"),
            ("GPTIMAGE2_OPENAI__TRANSPORT", "responses"), ("GPTIMAGE2_OPENAI__TEXTMODEL", "gpt-5.4"), ("GPTIMAGE2_OPENAI__COMPLETIONWINDOW", "8h"));

        var openAI = backends.OpenAI.ShouldNotBeNull();
        (openAI.ApiKey.Reveal(), openAI.BaseUrl, openAI.Organization, openAI.Project, openAI.Model).ShouldBe(("sk-1", new Uri("https://proxy.example/v1"), "org", "project", "gpt-image-2.5-flare"));
        (openAI.Stream, openAI.PartialImages, openAI.Timeout).ShouldBe((false, 2, TimeSpan.FromSeconds(30)));
        backends.Responses.ShouldBe(new ResponsesOptions { TextModel = "gpt-5.4", Window = CompletionWindow.EightHours });
        Read(("OPENAI_API_KEY", "sk-1")).OpenAI!.Stream.ShouldBeNull();
    }

    [Fact]
    public void Every_setting_of_Scenario_is_read()
    {
        var scenario = Read(
            [.. Scenario, ("SCENARIO_PROJECT_ID", "proj_1"), ("SCENARIO_BASE_URL", "https://scenario.example/v1"), ("GPTIMAGE2_MODEL", "gpt-image-2.5-flare"),
            ("GPTIMAGE2_SCENARIO__REMOVER", "pixa"), ("GPTIMAGE2_SCENARIO__POLLMILLISECONDS", "500"), ("GPTIMAGE2_SPENDING__USDPERCREDIT", "0.012")]).Scenario.ShouldNotBeNull();

        (scenario.Key?.Reveal(), scenario.KeySecret?.Reveal(), scenario.Token).ShouldBe(("key", "secret", null));
        (scenario.ProjectId, scenario.BaseUrl, scenario.Model).ShouldBe(("proj_1", new Uri("https://scenario.example/v1"), "gpt-image-2.5-flare"));
        (scenario.Remover, scenario.PollInterval, scenario.UsdPerCredit).ShouldBe(("pixa", TimeSpan.FromMilliseconds(500), 0.012m));
    }

    [Fact]
    public void A_token_stands_for_a_key_and_defaults_are_the_documented_ones()
    {
        var scenario = Read(("SCENARIO_SDK_JWT", "token")).Scenario.ShouldNotBeNull();

        (scenario.Token?.Reveal(), scenario.Key, scenario.ProjectId).ShouldBe(("token", null, null));
        (scenario.BaseUrl, scenario.Remover, scenario.PollInterval, scenario.UsdPerCredit).ShouldBe((new Uri("https://api.cloud.scenario.com/v1"), "bria", TimeSpan.FromSeconds(2), null));
    }

    [Fact]
    public void Every_setting_of_Azure_is_read()
    {
        var azure = Read(
            ("AZURE_OPENAI_ENDPOINT", "https://a.openai.azure.com"), ("AZURE_OPENAI_DEPLOYMENT", "mine"), ("AZURE_OPENAI_API_KEY", "key"), ("AZURE_OPENAI_MODEL", "gpt-image-2.5-flare"),
            ("AZURE_OPENAI_API_VERSION", "2025-04-01-preview"), ("GPTIMAGE2_OPENAI__STREAM", "false"), ("GPTIMAGE2_OPENAI__PARTIALIMAGES", "1"), ("GPTIMAGE2_OPENAI__TIMEOUTSECONDS", "30")).Azure.ShouldNotBeNull();

        (azure.Endpoint, azure.Deployment, azure.ApiKey?.Reveal(), azure.Model, azure.ApiVersion).ShouldBe((new Uri("https://a.openai.azure.com"), "mine", "key", "gpt-image-2.5-flare", "2025-04-01-preview"));
        (azure.Stream, azure.PartialImages, azure.Timeout).ShouldBe((false, 1, TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("https://a.openai.azure.com", false)]
    [InlineData("https://a.openai.azure.com/openai/deployments/mine/images/generations?api-version=2025-04-01-preview", true)]
    public void An_address_of_Azure_is_meant_for_images_only_with_a_deployment(string endpoint, bool isMeant) =>
        (Read(("AZURE_OPENAI_ENDPOINT", endpoint)).Azure is not null).ShouldBe(isMeant);

    [Fact]
    public void Every_setting_of_a_compatible_server_is_read()
    {
        var compatible = Read(
            ("GPTIMAGE2_COMPATIBLE__URL", "http://127.0.0.1:1234"), ("GPTIMAGE2_COMPATIBLE__SERVER", "localai"), ("GPTIMAGE2_COMPATIBLE__MODEL", "flux"), ("GPTIMAGE2_COMPATIBLE__APIKEY", "key"),
            ("GPTIMAGE2_OPENAI__TIMEOUTSECONDS", "30")).Compatible.ShouldNotBeNull();

        (compatible.Url, compatible.Server, compatible.Model, compatible.ApiKey?.Reveal(), compatible.Timeout).ShouldBe((new Uri("http://127.0.0.1:1234"), "localai", "flux", "key", TimeSpan.FromSeconds(30)));
        Read(("GPTIMAGE2_COMPATIBLE__URL", "http://127.0.0.1:1234")).Compatible!.Server.ShouldBe("auto");
    }

    [Theory]
    [InlineData("GPTIMAGE2_BACKEND", "scenario", "scenario")]
    [InlineData("GPTIMAGE2_BACKEND", "SKETCH", "sketch")]
    [InlineData("GPTIMAGE2_BACKENDS", "Scenario, sketch;scenario", "scenario sketch")]
    public void Backends_are_used_in_the_order_written_each_once(string variable, string written, string order) =>
        Read([.. Scenario, (variable, written)]).Order.ShouldBe(order.Split(' '));

    [Fact]
    public void Sketches_can_be_slow_and_fail()
    {
        var sketch = Read(("GPTIMAGE2_SKETCH__DELAYSECONDS", "3"), ("GPTIMAGE2_SKETCH__FAILS", "true")).Sketch;

        (sketch.Delay, sketch.Fails).ShouldBe((TimeSpan.FromSeconds(3), true));
    }

    [Theory]
    [InlineData("stop", false)]
    [InlineData("next", true)]
    public void What_a_block_of_the_drawn_image_means_is_read(string written, bool next) =>
        Load(("GPTIMAGE2_FALLBACK__ONBLOCK", written)).Fallback.OnOutputBlock.ShouldBe(next);

    [Theory]
    [InlineData("GPTIMAGE2_BACKEND", "dalle", "expected one of auto, openai, scenario, azure, compatible, sketch but received \"dalle\".")]
    [InlineData("GPTIMAGE2_BACKENDS", "openai,dalle", "expected names out of openai, scenario, azure, compatible, sketch, separated by commas, but received \"openai,dalle\".")]
    [InlineData("GPTIMAGE2_FALLBACK__ONBLOCK", "go", "expected one of stop, next but received \"go\".")]
    [InlineData("GPTIMAGE2_SCENARIO__REMOVER", "magic", "expected one of bria, photoroom, pixa, 851-labs, ideogram, none but received \"magic\".")]
    [InlineData("GPTIMAGE2_SCENARIO__POLLMILLISECONDS", "49", "expected a whole number from 50 to 60000 but received \"49\".")]
    [InlineData("SCENARIO_BASE_URL", "scenario.com", "expected an http or https address but received \"scenario.com\".")]
    [InlineData("AZURE_OPENAI_ENDPOINT", "my-resource", "expected an http or https address but received \"my-resource\".")]
    [InlineData("GPTIMAGE2_COMPATIBLE__URL", "localhost:1234", "expected an http or https address but received \"localhost:1234\".")]
    [InlineData("GPTIMAGE2_COMPATIBLE__SERVER", "comfy", "expected one of auto, sd-server, localai, litellm, openrouter, vllm-omni, sglang, together, unknown but received \"comfy\".")]
    [InlineData("GPTIMAGE2_OPENAI__STREAM", "yes", "expected true or false but received \"yes\".")]
    [InlineData("GPTIMAGE2_OPENAI__PARTIALIMAGES", "4", "expected a whole number from 0 to 3 but received \"4\".")]
    [InlineData("GPTIMAGE2_OPENAI__TIMEOUTSECONDS", "0", "expected a whole number from 1 to 3600 but received \"0\".")]
    [InlineData("GPTIMAGE2_OPENAI__TRANSPORT", "pigeon", "expected one of images, responses but received \"pigeon\".")]
    [InlineData("GPTIMAGE2_OPENAI__COMPLETIONWINDOW", "24h", "expected one of soonest, 2h, 8h but received \"24h\".")]
    [InlineData("GPTIMAGE2_SPENDING__USDPERCREDIT", "-0.01", "expected an amount of USD, as in 2.50, or none but received \"-0.01\".")]
    [InlineData("GPTIMAGE2_SKETCH__DELAYSECONDS", "-1", "expected a whole number from 0 to 3600 but received \"-1\".")]
    [InlineData("GPTIMAGE2_SKETCH__FAILS", "often", "expected true or false but received \"often\".")]
    public void A_wrong_value_is_refused_with_what_it_may_be(string variable, string value, string told) =>
        Refuse((variable, value)).ShouldBe($"{variable}: {told}");

    [Theory]
    [InlineData("SCENARIO_SDK_API_KEY", "SCENARIO_SDK_API_SECRET: expected the secret of SCENARIO_SDK_API_KEY but received \"\".")]
    [InlineData("SCENARIO_SDK_API_SECRET", "SCENARIO_SDK_API_KEY: expected the key of SCENARIO_SDK_API_SECRET but received \"\".")]
    public void Half_of_a_key_is_refused_with_the_other_half(string half, string told) => Refuse((half, "value")).ShouldBe(told);

    [Theory]
    [InlineData("GPTIMAGE2_COMPATIBLE__SERVER", "localai")]
    [InlineData("GPTIMAGE2_COMPATIBLE__MODEL", "flux")]
    [InlineData("GPTIMAGE2_COMPATIBLE__APIKEY", "key")]
    public void What_describes_a_compatible_server_needs_its_address(string variable, string value) =>
        Refuse((variable, value)).ShouldBe("GPTIMAGE2_COMPATIBLE__URL: expected the address of the compatible server that other settings describe but received \"\".");

    [Fact]
    public void Credits_that_cost_nothing_would_make_every_cap_void() =>
        Refuse([.. Scenario, ("GPTIMAGE2_SPENDING__USDPERCREDIT", "0")]).ShouldBe("GPTIMAGE2_SPENDING__USDPERCREDIT: expected more than 0, because no cap would hold otherwise, but received \"0\".");

    [Theory]
    [InlineData("openai", "OPENAI_API_KEY: expected a key")]
    [InlineData("scenario", "SCENARIO_SDK_API_KEY: expected a key")]
    [InlineData("azure", "AZURE_OPENAI_ENDPOINT: expected an address, with a deployment")]
    [InlineData("compatible", "GPTIMAGE2_COMPATIBLE__URL: expected an address")]
    public void A_backend_that_lacks_what_it_needs_is_refused_with_that(string backend, string told)
    {
        Refuse(("GPTIMAGE2_BACKEND", backend)).ShouldBe($"{told}, because GPTIMAGE2_BACKEND names {backend}, but received \"\".");
        Refuse(("GPTIMAGE2_BACKENDS", $"sketch,{backend}")).ShouldBe($"{told}, because GPTIMAGE2_BACKENDS names {backend}, but received \"\".");
    }

    [Fact]
    public void An_address_of_Azure_without_a_deployment_lacks_the_deployment() =>
        Refuse(("GPTIMAGE2_BACKEND", "azure"), ("AZURE_OPENAI_ENDPOINT", "https://a.openai.azure.com"))
            .ShouldBe("AZURE_OPENAI_DEPLOYMENT: expected the name of a deployment, because GPTIMAGE2_BACKEND names azure, but received \"\".");

    private static BackendOptions Read(params (string Variable, string Value)[] environment) => Load(environment).Backends;

    private static string Refuse(params (string Variable, string Value)[] environment) => Should.Throw<InvalidSettingsException>(() => Load(environment)).Message;

    private static ServerSettings Load(params (string Variable, string Value)[] environment) =>
        ServerConfiguration.Load(environment.ToDictionary(pair => pair.Variable, pair => pair.Value), [], TimeProvider.System);
}
