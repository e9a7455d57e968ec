using GptImage2.Generation.Errors;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>What Scenario says of its models is compared with what was compiled in.</summary>
public sealed class ModelCheckTests
{
    [Theory]
    [InlineData("gpt-image-2")]
    [InlineData("gpt-image-2.5-flare")]
    [InlineData("gpt-image-2.5-sunburst")]
    public async Task The_models_are_as_their_schemas_say(string model)
    {
        await using var host = await ScenarioHost.StartAsync(options => options with { Model = model });

        (await host.Backend.CheckAsync(TestContext.Current.CancellationToken)).ShouldBe("127.0.0.1 responds, and the credentials may read the model");
        host.Server.Charged.ShouldBe(0);
    }

    [Theory]
    [InlineData("prompt", "maxLength", "8000", "prompts may have up to 8000 there, 32000 here")]
    [InlineData("referenceImages", "maxLength", "16", "references may be up to 16 there, 10 here")]
    [InlineData("numOutputs", "max", "4", "images a call may be up to 4 there, 10 here")]
    [InlineData("width", "max", "4096", "width may be up to 4096 there, 3840 here")]
    [InlineData("height", "min", "256", "height may be down to 256 there, 16 here")]
    [InlineData("height", "step", "8", "height has steps of 8 there, 16 here")]
    [InlineData("quality", "allowedValues", """["low","ultra"]""", "qualities are low, ultra there")]
    [InlineData("background", "allowedValues", """["auto"]""", "backgrounds are auto there")]
    public async Task A_difference_is_named(string input, string member, string value, string difference)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Model, new ScenarioReply { Change = answer => answer["model"]!["inputs"]!.AsArray().Single(own => own!["name"]!.GetValue<string>() == input)![member] = JsonNode.Parse(value) });

        (await host.Backend.CheckAsync(TestContext.Current.CancellationToken)).ShouldContain(difference);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"model":{"inputs":"none"}}""")]
    [InlineData("""{"model":{"inputs":[7,{"name":null},{"name":"width","max":{}}]}}""")]
    public async Task A_schema_that_says_nothing_differs_in_nothing(string body)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Model, new ScenarioReply { Body = body });

        (await host.Backend.CheckAsync(TestContext.Current.CancellationToken)).ShouldEndWith("may read the model");
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_reported()
    {
        await using var host = await ScenarioHost.StartAsync(options => options with { Model = "gpt-image-9" });

        var failure = (await Should.ThrowAsync<ImageException>(() => host.Backend.CheckAsync(TestContext.Current.CancellationToken))).Failure;

        failure.Code.ShouldBe(FailureCode.ModelNotFound);
        host.Profile.Warning!.ShouldContain("model_openai-gpt-image-9");
    }
}
