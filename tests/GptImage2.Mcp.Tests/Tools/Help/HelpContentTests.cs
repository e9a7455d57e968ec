using GptImage2.Mcp.Tools.Help;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools.Help;

/// <summary>Everything that can be read, by resource and by tool.</summary>
public sealed class HelpContentTests(McpServerFixture server) : IClassFixture<McpServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guide_is_a_resource()
    {
        var listed = (await server.Server.Client.ListResourcesAsync(cancellationToken: Cancellation)).Single(resource => resource.Uri == "guide://inpainting");
        var read = (await server.Server.Client.ReadResourceAsync("guide://inpainting", cancellationToken: Cancellation)).Contents.ShouldHaveSingleItem().ShouldBeOfType<TextResourceContents>();

        listed.MimeType.ShouldBe("text/markdown");
        read.MimeType.ShouldBe("text/markdown");
        read.Text.ShouldStartWith("# ");
        read.Text.ShouldNotContain("{{");
    }

    [Fact]
    public async Task There_is_no_guide_of_another_name()
    {
        await Should.ThrowAsync<McpProtocolException>(async () => await server.Server.Client.ReadResourceAsync("guide://../secret", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Every_topic_can_be_had_by_the_tool_and_is_known_by_its_list()
    {
        string[] topics = [.. server.Server.Services.GetRequiredService<HelpContent>().Topics];

        foreach (var topic in topics)
        {
            (await AskAsync(topic)).Length.ShouldBeGreaterThan(200, topic);
        }

        var lists = await AskAsync("guides") + await AskAsync("templates");
        topics.Except(["guides", "templates"]).ShouldAllBe(topic => lists.Contains($"\n{topic}: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_guides_address_is_a_topic_too()
    {
        (await AskAsync("guide://model-limits")).ShouldBe(await AskAsync("model-limits"));
    }

    [Fact]
    public async Task What_is_still_to_be_given_stands_in_angle_brackets()
    {
        var text = await AskAsync("product-mockup");

        text.ShouldContain("\n<packshot>: The photo of the product.");
        text.ShouldContain("\nmood: An image whose light and colours the scene takes (optional, not below).");
        text.ShouldContain("\nquality: How carefully it is drawn; below: high.");
        text.ShouldContain("{\"image\":\"<packshot>\",\"role\":\"object\"");
    }

    [Fact]
    public async Task A_character_that_need_not_be_given_stands_in_every_printed_call_that_draws()
    {
        var text = await AskAsync("comic-page");

        text.ShouldContain("\n<character>: The sheet or an image of the main character (optional: without one leave out its reference; a call that has no other is generate_image).");
        text.ShouldNotContain("Call `generate_image`");
        text.Split("Call `edit_with_references`:\n```json\n").Skip(1).ShouldHaveSingleItem().Split('\n')[0].ShouldContain("{\"image\":\"<character>\",\"role\":\"identity\"}");
    }

    [Fact]
    public async Task A_list_that_is_still_to_be_given_is_named_by_its_items()
    {
        var text = await AskAsync("storyboard");

        text.ShouldContain("\n<scene 1>, <scene 2>, …: What each panel after it shows, in order");
        text.Split("\"panels\":[{\"action\":\"<opening>\"},{\"action\":\"<scene 1>\"},{\"action\":\"<scene 2>\"}],").Length.ShouldBe(3, "the plan and the board");
        text.ShouldContain("""{"board":"<board from call 2>","panels":[{"panel":2,""");
    }

    [Fact]
    public async Task An_unknown_topic_is_answered_with_the_nearest()
    {
        var refused = await server.Server.Client.CallToolAsync("list_presets", new Dictionary<string, object?> { ["topic"] = "storybord" }, cancellationToken: Cancellation);

        refused.IsError.ShouldBe(true);
        Text(refused).ShouldBe(
            "topic: expected one of sizes, models, limits, roles, spending, cast, guides, templates, or a name that the last two list but received \"storybord\". Nearest legal: storyboard.\n" +
            "Call: list_presets {\"topic\":\"storyboard\"}");
    }

    [Theory]
    [InlineData("cost", "quality-and-cost")]
    [InlineData("pricing", "sizes")]
    [InlineData("aspect ratios", "sizes")]
    [InlineData("jobs", "quality-and-cost")]
    [InlineData("gif animation", "known-limitations")]
    [InlineData("logo", "transparent-asset")]
    [InlineData("remove the background", "cutouts")]
    [InlineData("poster", "exact-text-poster")]
    [InlineData("Text in images", "text-in-images")]
    public async Task A_topic_is_found_by_the_words_that_people_use(string written, string topic)
    {
        var answer = await server.Server.Client.CallToolAsync("list_presets", new Dictionary<string, object?> { ["topic"] = written }, cancellationToken: Cancellation);

        answer.IsError.ShouldNotBe(true);
        answer.StructuredContent!.Value.GetProperty("topic").GetString().ShouldBe(topic);
    }

    [Theory]
    [InlineData("generate_image", "width", 17, "model-limits")]
    [InlineData("generate_image", "quality", "perfect", "quality-and-cost")]
    [InlineData("generate_image", "seed", 42, "character-consistency")]
    [InlineData("inpaint_region", "region", "all", "inpainting")]
    [InlineData("edit_with_references", "references", "", "reference-roles")]
    public async Task A_refusal_names_the_call_that_explains_more(string tool, string argument, object value, string topic)
    {
        var refused = await server.Server.Client.CallToolAsync(tool, new Dictionary<string, object?> { ["prompt"] = " ", [argument] = value }, cancellationToken: Cancellation);

        Text(refused).ShouldEndWith($"\nMore: list_presets with topic \"{topic}\".");
    }

    private async Task<string> AskAsync(string topic) =>
        Text(await server.Server.Client.CallToolAsync("list_presets", new Dictionary<string, object?> { ["topic"] = topic }, cancellationToken: Cancellation));

    private static string Text(CallToolResult result) => result.Content.OfType<TextContentBlock>().First().Text;
}
