using GptImage2.Testing.Hosts;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Results;

public sealed class StructuredContentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("claude-code", "auto", false)]
    [InlineData("claude-code", "always", true)]
    [InlineData("claude-ai", "auto", true)]
    [InlineData("claude-ai", "never", false)]
    public async Task A_client_that_drops_content_blocks_gets_the_image_and_the_JSON_as_text(string client, string setting, bool structured)
    {
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_RESULTS__STRUCTURED", setting)], client, cancellationToken: Cancellation);

        var tools = await server.Client.ListToolsAsync(cancellationToken: Cancellation);
        var result = await server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a lighthouse" }, cancellationToken: Cancellation);

        (tools.Single(tool => tool.Name == "generate_image").ProtocolTool.OutputSchema is not null).ShouldBe(structured);
        (result.StructuredContent is not null).ShouldBe(structured);
        result.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        if (!structured)
        {
            JsonDocument.Parse(result.Content.OfType<TextContentBlock>().Last().Text).RootElement.GetProperty("images").GetArrayLength().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Links_can_be_turned_off()
    {
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_RESULTS__RESOURCELINKS", "false")], cancellationToken: Cancellation);

        var result = await server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a lighthouse" }, cancellationToken: Cancellation);

        result.Content.OfType<ResourceLinkBlock>().ShouldBeEmpty();
    }
}
