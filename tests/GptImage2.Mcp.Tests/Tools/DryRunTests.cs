using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools;

/// <summary>What a dry run shows besides the price.</summary>
public sealed class DryRunTests(McpServerFixture fixture) : IClassFixture<McpServerFixture>
{
    private static readonly object[] Region = [new { x = 0.2, y = 0.2, width = 0.2, height = 0.2 }];

    [Theory]
    [InlineData(null, 1)]
    [InlineData("preview", 1)]
    [InlineData("none", 0)]
    public async Task The_region_is_shown_unless_nothing_is_to_be_shown(string? view, int images)
    {
        var plan = await PlanAsync("inpaint_region", new() { ["image"] = Photo(), ["prompt"] = "a fox", ["region"] = Region, ["view"] = view });

        plan.Content.OfType<ImageContentBlock>().Count().ShouldBe(images);
        plan.Text.Contains("tinted").ShouldBe(images is 1);
    }

    [Fact]
    public async Task The_server_s_own_part_of_the_prompt_is_shown()
    {
        var edit = await PlanAsync("edit_with_references", new()
        {
            ["prompt"] = "The fox sleeps.",
            ["references"] = new[] { new { image = Photo(), role = "identity", note = "the fox" } },
        });
        var drawn = await PlanAsync("generate_image", new() { ["prompt"] = "A fox." });

        var line = edit.Text.Split('\n').Single(line => line.StartsWith("Added to the prompt: ", StringComparison.Ordinal));
        line.ShouldStartWith("Added to the prompt: Image 1 is ");
        line.ShouldEndWith("the fox");
        line.ShouldNotContain("sleeps");
        drawn.Text.ShouldNotContain("Added to the prompt");
    }

    [Fact]
    public async Task Of_a_long_addition_only_the_beginning_is_shown()
    {
        var plan = await PlanAsync("edit_with_references", new()
        {
            ["prompt"] = "The fox sleeps.",
            ["references"] = Enumerable.Repeat(new { image = Photo(), role = "style" }, 16),
        });

        plan.Text.Split('\n').Single(line => line.StartsWith("Added to the prompt: ", StringComparison.Ordinal)).Length.ShouldBeLessThanOrEqualTo(400);
    }

    private Task<CallToolResult> PlanAsync(string tool, Dictionary<string, object?> arguments) =>
        fixture.Server.UseAsync(tool, new(arguments) { ["dry_run"] = true });

    private string Photo()
    {
        fixture.Server.PutIntoInbox("photo.png", PngEncoder.Gradient(new Dimensions(1024, 1024), 1));
        return "photo.png";
    }
}
