using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;

namespace GptImage2.Mcp.Tests.Vendors;

/// <summary>Both pictures of a translucent subject at a service that counts in credits, names prices, and keeps its jobs.</summary>
public sealed class SecondPictureTests
{
    private const string Glass = """{"prompt": "a pane of glass", "width": 1024, "height": 640, "cutout": "translucent", "view": "none"}""";

    [Fact]
    public async Task The_price_in_credits_is_of_both_and_so_is_the_cost()
    {
        await using var host = await ScenarioServer.StartAsync(("GPTIMAGE2_SPENDING__PERCALLUSD", "none"));
        host.Service.DrawImage = static (order, _) => TranslucentPane.Draw(order.Size, TranslucentPane.IsSecond(order.Prompt));

        var planned = await host.Server.CallAsync("generate_image", $"{Glass[..^1]}, \"dry_run\": true}}");
        var made = await host.Server.CallAsync("generate_image", Glass);

        made.Json.GetProperty("job").GetProperty("status").GetString().ShouldBe("done", made.Text);
        made.Text.ShouldNotContain("was cut out by");
        host.Service.Runs.Count.ShouldBe(2);
        made.Json.GetProperty("cost").GetProperty("credits").GetDecimal().ShouldBe(host.Service.Charged);
        planned.Json.GetProperty("cost").GetProperty("credits").GetDecimal().ShouldBe(host.Service.Runs[0].Cost * 2, "the share of the image that goes with the second is named before it is run");
    }
}
