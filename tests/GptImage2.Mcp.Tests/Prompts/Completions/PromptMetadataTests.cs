using GptImage2.Testing.Hosts;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Prompts.Completions;

/// <summary>Completion of what our prompts and guides take, as a client asks for it.</summary>
public sealed class PromptMetadataTests(McpServerFixture server) : IClassFixture<McpServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("product-mockup", "quality", "h", "high")]
    [InlineData("product-mockup", "preset", "wide", "wide_4k, wide_hd")]
    [InlineData("background-swap", "busy", "", "yes")]
    [InlineData("game-asset-inpaint", "x", "0", "")]
    [InlineData("game-asset-inpaint", "replacement", "a", "")]
    [InlineData("game-asset-inpaint", "colour", "a", "")]
    public async Task An_argument_is_completed_with_what_it_takes(string prompt, string argument, string typed, string expected)
    {
        var completed = await server.Server.Client.CompleteAsync(new PromptReference { Name = prompt }, argument, typed, cancellationToken: Cancellation);

        completed.Completion.Values.Order(StringComparer.Ordinal).ShouldBe(expected.Split(", ", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_image_is_completed_with_ids_and_file_names_that_the_prompt_then_accepts()
    {
        await server.Server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a brass lantern", ["view"] = "none" }, cancellationToken: Cancellation);

        var ids = await server.Server.Client.CompleteAsync(new PromptReference { Name = "product-mockup" }, "packshot", "img_", cancellationToken: Cancellation);
        var names = await server.Server.Client.CompleteAsync(new PromptReference { Name = "product-mockup" }, "packshot", "lantern", cancellationToken: Cancellation);

        foreach (var value in (string[])[ids.Completion.Values.ShouldHaveSingleItem(), names.Completion.Values.ShouldHaveSingleItem()])
        {
            var got = await server.Server.Client.GetPromptAsync("product-mockup", new Dictionary<string, object?> { ["packshot"] = value }, cancellationToken: Cancellation);
            got.Messages.Select(message => message.Content.Type).ShouldContain("image");
        }
    }

    [Fact]
    public async Task Names_of_guides_are_completed()
    {
        var completed = await server.Server.Client.CompleteAsync(new ResourceTemplateReference { Uri = "guide://{name}" }, "name", "in", cancellationToken: Cancellation);

        completed.Completion.Values.ShouldBe(["inpainting", "text-in-images"]);
    }
}
