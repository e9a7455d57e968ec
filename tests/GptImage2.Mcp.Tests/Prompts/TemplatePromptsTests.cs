using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Prompts;

public sealed class TemplatePromptsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prompts_are_listed_with_titles_and_described_arguments()
    {
        await using var harness = await McpHost.StartAsync(cancellationToken: Cancellation);

        var mockup = (await harness.Client.ListPromptsAsync(cancellationToken: Cancellation)).Single(prompt => prompt.Name == "product-mockup").ProtocolPrompt;

        mockup.Title.ShouldBe("SKU-accurate product mockup");
        var packshot = mockup.Arguments!.Single(argument => argument.Name == "packshot");
        packshot.Required.ShouldBe(true);
        packshot.Description.ShouldBe("The photo of the product. An image: id (img_…), path or https address.");
        mockup.Arguments!.Single(argument => argument.Name == "quality").Description!.ShouldEndWith("One of auto, low, medium, high. Default: high.");
    }

    [Fact]
    public async Task A_named_image_comes_along_to_be_looked_at()
    {
        await using var harness = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(harness, "jar.png");

        var got = await GetAsync(harness, ("packshot", "jar.png"));

        got.Messages.Select(message => message.Content.Type).ShouldBe(["image", "text"]);
        Text(got).ShouldContain("{\"image\":\"jar.png\",\"role\":\"object\"");
    }

    [Theory]
    [InlineData("2025-11-25", "true", true)]
    [InlineData("2025-06-18", "true", true)]
    [InlineData("2025-03-26", "true", false)]
    [InlineData("2025-11-25", "false", false)]
    public async Task An_image_of_ours_is_linked_where_the_client_can_take_it(string protocol, string links, bool linked)
    {
        await using var harness = await McpHost.StartAsync([("GPTIMAGE2_RESULTS__RESOURCELINKS", links)], protocol: protocol, cancellationToken: Cancellation);
        var made = await harness.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a jar", ["view"] = "none" }, cancellationToken: Cancellation);
        var id = made.StructuredContent!.Value.GetProperty("images")[0].GetProperty("id").GetString()!;

        var got = await GetAsync(harness, ("packshot", id));

        got.Messages.Select(message => message.Content).OfType<ResourceLinkBlock>().Select(link => link.Uri).ShouldBe(linked ? [$"image://{id}"] : []);
        got.Messages.Select(message => message.Content).OfType<ImageContentBlock>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_reported_at_once()
    {
        await using var harness = await McpHost.StartAsync(cancellationToken: Cancellation);

        var refused = await Should.ThrowAsync<McpProtocolException>(() => GetAsync(harness, ("packshott", "jar.png"), ("quality", "hihg")));

        refused.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        refused.Message.ShouldContain("packshot: expected the photo of the product but received nothing.");
        refused.Message.ShouldContain("packshott: expected an argument of product-mockup (packshot, ");
        refused.Message.ShouldContain("Nearest legal: packshot.");
        refused.Message.ShouldContain("quality: expected one of auto, low, medium, high but received \"hihg\". Nearest legal: high.");
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_reported_by_the_arguments_name()
    {
        await using var harness = await McpHost.StartAsync(cancellationToken: Cancellation);

        var refused = await Should.ThrowAsync<McpProtocolException>(() => GetAsync(harness, ("packshot", "gone.png")));

        refused.Message.ShouldContain("packshot: ");
        refused.Message.ShouldContain("gone.png");
    }

    [Fact]
    public async Task A_value_that_breaks_a_call_is_reported()
    {
        await using var harness = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(harness, "jar.png");
        var arguments = new Dictionary<string, object?> { ["render"] = "jar.png", ["target"] = "the sword", ["replacement"] = "a fan", ["x"] = "30 %" };

        var refused = await Should.ThrowAsync<McpProtocolException>(async () => await harness.Client.GetPromptAsync("game-asset-inpaint", arguments, cancellationToken: Cancellation));

        refused.Message.ShouldContain("x: expected a number but received \"30 %\". Nearest legal: 0.3.");
    }

    [Fact]
    public async Task An_unknown_prompt_is_answered_with_those_there_are()
    {
        await using var harness = await McpHost.StartAsync(cancellationToken: Cancellation);

        var refused = await Should.ThrowAsync<McpProtocolException>(async () => await harness.Client.GetPromptAsync("product-mokcup", cancellationToken: Cancellation));

        refused.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        refused.Message.ShouldContain("product-mockup");
    }

    private static async Task<GetPromptResult> GetAsync(McpHost harness, params (string Name, string Value)[] arguments) => await harness.Client.GetPromptAsync(
        "product-mockup", arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value), cancellationToken: Cancellation);

    private static string Text(GetPromptResult got) => got.Messages.Select(message => message.Content).OfType<TextContentBlock>().Single().Text;

    private static void Put(McpHost harness, string name)
    {
        var path = Path.Combine(harness.Root, "inbox", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngEncoder.Gradient(new Dimensions(160, 120), 1));
    }
}
