using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.Scenario.Jobs;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Vendors;

/// <summary>A background that Scenario removes, as an agent sees it.</summary>
public sealed class BackgroundServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bria", true)]
    [InlineData("none", false)]
    public async Task It_is_offered_only_where_a_remover_is_set(string remover, bool offered)
    {
        await using var host = await ScenarioServer.StartAsync(("GPTIMAGE2_SCENARIO__REMOVER", remover));

        var tool = (await host.Server.Client.ListToolsAsync(cancellationToken: Cancellation)).Single(tool => tool.Name is "remove_background");

        var methods = tool.JsonSchema.GetProperty("properties").GetProperty("method").GetProperty("enum").EnumerateArray().Select(method => method.GetString()!);
        methods.ShouldBe(offered ? ["auto", "key", "model", "service"] : ["auto", "key", "model"]);
        tool.Description.Contains("method service", StringComparison.Ordinal).ShouldBe(offered);
    }

    [Fact]
    public async Task Without_one_it_is_refused_like_any_other_word()
    {
        await using var host = await ScenarioServer.StartAsync(("GPTIMAGE2_SCENARIO__REMOVER", "none"));

        var refused = await RemoveAsync(host, """{"image": "busy.png", "method": "service"}""");

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldStartWith("method: expected one of auto, key, model but received \"service\".");
        host.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dry_run_names_the_price_and_the_users_image_stays_here()
    {
        await using var host = await ScenarioServer.StartAsync();

        var planned = await RemoveAsync(host, """{"image": "busy.png", "method": "service", "dry_run": true}""");

        planned.IsError.ShouldNotBe(true, planned.Text);
        planned.Text.ShouldContain("It costs 1.5 credits ($0.0150)");
        planned.Json.GetProperty("cost").GetProperty("credits").GetDecimal().ShouldBe(ScenarioOrder.RemovalCost);
        host.Service.Assets.ShouldHaveSingleItem().Size.ShouldBe(new Dimensions(512, 512));
        host.Service.Runs.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_cut_out_has_the_originals_own_pixels_and_its_price_is_settled()
    {
        await using var host = await ScenarioServer.StartAsync();

        var made = await RemoveAsync(host, """{"image": "busy.png", "method": "service"}""");

        CheckCutout(made);
        host.Service.Runs.ShouldHaveSingleItem().Order.References.Single().Bytes.ShouldBe(ScenarioServer.Busy);
        made.Text.ShouldContain("Cost: 1.5 credits ($0.0150)");
        var ledger = await host.Server.Services.GetRequiredService<IJobStore>().ListLedgerAsync(Caller.Local.Owner, DateOnly.MinValue, Cancellation);
        (ledger.Single().Credits, ledger.Single().Actual).ShouldBe((host.Service.Charged, 15_000));
    }

    [Fact]
    public async Task The_recipe_of_a_cut_out_names_who_made_it()
    {
        await using var host = await ScenarioServer.StartAsync();
        var made = await RemoveAsync(host, """{"image": "busy.png", "method": "service"}""");

        var recipe = await host.Server.CallAsync("view_image", $$"""{"image": "{{made.Json.GetProperty("images")[0].GetProperty("id").GetString()}}", "recipe": true}""");

        recipe.Text.ShouldContain("\"method\":\"service\"");
    }

    [Fact]
    public async Task What_cannot_be_cut_here_is_refused_with_the_call_that_has_it_done()
    {
        await using var host = await ScenarioServer.StartAsync();

        var refused = await RemoveAsync(host, """{"image": "busy.png"}""");

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain("remove_background with method: service has scenario cut it out (model_bria-remove-background): that is billed, and the subject keeps its pixels.");
        host.Service.Runs.ShouldBeEmpty();
        var call = refused.Text.Split("\nCall: remove_background ") is [_, var arguments] ? arguments : "";
        CheckCutout(await RemoveAsync(host, call));
    }

    [Fact]
    public async Task So_does_the_hint()
    {
        await using var host = await ScenarioServer.StartAsync();

        var hint = await host.Server.CallAsync("remove_background_hint", """{"image": "busy.png"}""");

        hint.Text.ShouldContain("No clean cut can be made here. remove_background with method: service has scenario cut it out");
        host.Service.Requests.ShouldBeEmpty();
        var next = hint.Json.GetProperty("next").EnumerateArray().ShouldHaveSingleItem();
        next.GetProperty("tool").GetString().ShouldBe("remove_background");
        CheckCutout(await RemoveAsync(host, next.GetProperty("arguments").GetRawText()));
    }

    [Theory]
    [InlineData("remove_background", """{"image": "busy.png", "method": "service"}""", "1.5")]
    [InlineData("generate_image", """{"prompt": "a fox"}""", "12")]
    public async Task Under_a_cap_in_USD_a_price_in_credits_alone_is_refused_with_what_to_set(string tool, string arguments, string credits)
    {
        await using var host = await ScenarioServer.StartAsync(("GPTIMAGE2_SPENDING__USDPERCREDIT", ""));

        var refused = await host.Server.CallAsync(tool, arguments);
        var planned = await host.Server.CallAsync(tool, $"{arguments[..^1]}, \"dry_run\": true}}");

        refused.IsError.ShouldBe(true);
        foreach (var text in (string[])[refused.Text, planned.Text])
        {
            text.ShouldContain($"This call costs {credits} credits of the service, a spending cap in USD is set, and what a credit costs is not.");
            text.ShouldContain("set GPTIMAGE2_SPENDING__USDPERCREDIT to what they pay for one");
        }

        host.Service.Runs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_such_calls_are_allowed_the_price_stands_in_credits()
    {
        await using var host = await ScenarioServer.StartAsync(("GPTIMAGE2_SPENDING__USDPERCREDIT", ""), ("GPTIMAGE2_SPENDING__UNPRICED", "allow"));

        var made = await host.Server.CallAsync("generate_image", """{"prompt": "a fox"}""");

        made.IsError.ShouldNotBe(true, made.Text);
        made.Text.ShouldContain("Cost: 12 credits");
        made.Text.ShouldNotContain("$");
        made.Json.GetProperty("cost").GetProperty("credits").GetDecimal().ShouldBe(host.Service.Charged);
    }

    private static Task<CallToolResult> RemoveAsync(ScenarioServer host, string arguments) => host.Server.CallAsync("remove_background", arguments);

    private static void CheckCutout(CallToolResult made)
    {
        made.IsError.ShouldNotBe(true, made.Text);
        var path = made.Json.GetProperty("images").EnumerateArray().ShouldHaveSingleItem().GetProperty("path").GetString()!;
        var (cut, before) = (PngFile.Read(File.ReadAllBytes(path)).Decode(), PngFile.Read(ScenarioServer.Busy).Decode());
        cut.Size.ShouldBe(ScenarioServer.Size);
        (cut[2, 2][3], cut[157, 117][3]).ShouldBe(((byte)0, (byte)0));
        for (var x = 60; x < 100; x++)
        {
            cut[x, 60].ToArray().ShouldBe(before[x, 60].ToArray());
        }
    }
}
