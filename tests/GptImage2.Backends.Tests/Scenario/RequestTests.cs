using GptImage2.Backends.Http;
using GptImage2.Backends.Tests.Contract;
using GptImage2.Generation.Models;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>What is sent, to the letter.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task A_prompt_alone_has_no_word_of_images()
    {
        await using var host = await ScenarioHost.StartAsync();

        await host.RenderAsync(host.Generate(count: 2));

        var run = host.Server.Of(ScenarioRoute.Run).ShouldHaveSingleItem();
        run.Path.ShouldBe("/v1/generate/custom/model_openai-gpt-image-2");
        run.Body.ShouldBe("""{"prompt":"a red fox in the snow","numOutputs":2,"width":816,"height":816,"quality":"medium","background":"auto"}""");
        run.Headers["User-Agent"].ShouldStartWith("GptImage2.Mcp/");
    }

    [Fact]
    public async Task References_and_a_mask_go_by_their_ids_and_the_price_is_asked_for_with_them()
    {
        await using var host = await ScenarioHost.StartAsync();

        await host.RenderAsync(ContractRequest.Inpaint(host.Profile, more: 1));

        var run = host.Server.Of(ScenarioRoute.Run).ShouldHaveSingleItem();
        run.Json.GetProperty("referenceImages").GetRawText().ShouldBe("""["asset_0001","asset_0002"]""");
        run.Json.GetProperty("mask").GetString().ShouldBe("asset_0003");
        host.Server.Of(ScenarioRoute.DryRun).ShouldHaveSingleItem().Body.ShouldBe(run.Body);
    }

    [Theory]
    [InlineData("gpt-image-2.5-flare", "model_openai-gpt-image-2-5-flare", "max")]
    [InlineData("model_openai-gpt-image-2-5-sunburst", "model_openai-gpt-image-2-5-sunburst", "xhigh")]
    public async Task Each_model_has_its_id_and_its_qualities(string model, string id, string quality)
    {
        await using var host = await ScenarioHost.StartAsync(options => options with { Model = model });
        var asked = host.Generate();

        await host.RenderAsync(asked with { Request = asked.Request with { Quality = host.Profile.Qualities.Single(own => own.Name == quality) } });

        host.Server.Runs.Single().Order.ShouldSatisfyAllConditions(order => order.Model.ShouldBe(id), order => order.Quality.ShouldBe(quality));
    }

    [Fact]
    public async Task A_project_is_named_in_every_query_and_no_body()
    {
        await using var host = await ScenarioHost.StartAsync(options => options with { ProjectId = "proj_x" });

        await host.RenderAsync(host.Edit(1));

        var own = host.Server.Requests.Where(request => request.Path.StartsWith("/v1/", StringComparison.Ordinal)).ToArray();
        own.ShouldAllBe(request => request.Path.EndsWith("projectId=proj_x", StringComparison.Ordinal));
        own.ShouldAllBe(request => !request.Body.Contains("proj_x"));
    }

    [Fact]
    public async Task A_bearer_token_goes_in_place_of_a_key()
    {
        await using var host = await ScenarioHost.StartAsync(options => options with { Token = new Secret("jwt.0123456789.abcdef") });

        await host.RenderAsync(host.Generate());

        host.Server.Of(ScenarioRoute.Run).Single().Headers["Authorization"].ShouldBe("Bearer jwt.0123456789.abcdef");
    }

    [Theory]
    [InlineData("", "secret")]
    [InlineData("a:b", "secret")]
    [InlineData("key", "two words")]
    [InlineData("klucz-żółty", "secret")]
    public async Task Credentials_that_cannot_be_sent_are_reported_and_not_sent(string key, string secret)
    {
        await using var host = await ScenarioHost.StartAsync(options => options with { Key = new Secret(key), KeySecret = new Secret(secret) });

        var failure = await host.FailAsync();

        (failure.Code, host.Server.Requests.Count, host.Backend.IsConfigured).ShouldBe((Generation.Errors.FailureCode.AccessDenied, 0, false));
        failure.Message.ShouldContain("SCENARIO_SDK_API_KEY");
    }
}
