using GptImage2.Testing.Hosts;
using ModelContextProtocol.Protocol;
using NJsonSchema;

namespace GptImage2.Mcp.Tests.Results;

/// <summary>Official clients throw away a result whose structured content breaks the advertised schema.</summary>
public sealed class OutputSchemaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("generate_image", """{ "prompt": "a fox", "count": 2 }""", false, false)]
    [InlineData("generate_image", """{ "prompt": "a fox", "dry_run": true }""", false, false)]
    [InlineData("generate_image", """{ "prompt": "a fox", "count": 99 }""", false, true)]
    [InlineData("generate_image", """{ "prompt": "a fox" }""", true, true)]
    [InlineData("list_images", """{ }""", false, false)]
    [InlineData("list_presets", """{ "topic": "sizes" }""", false, false)]
    [InlineData("list_presets", """{ "topic": "models" }""", false, false)]
    [InlineData("list_presets", """{ "topic": "limits" }""", false, false)]
    public async Task Structured_content_satisfies_the_advertised_schema(string tool, string arguments, bool fails, bool isError)
    {
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_SKETCH__FAILS", fails ? "true" : "false")], cancellationToken: Cancellation);
        var advertised = (await server.Client.ListToolsAsync(cancellationToken: Cancellation)).Single(known => known.Name == tool).ProtocolTool.OutputSchema!.Value;
        var schema = await JsonSchema.FromJsonAsync(advertised.GetRawText(), Cancellation);

        var result = await server.Client.CallToolAsync(
            tool,
            System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments),
            cancellationToken: Cancellation);

        (result.IsError is true).ShouldBe(isError);
        schema.Validate(result.StructuredContent!.Value.GetRawText()).ShouldBeEmpty();
        result.StructuredContent.Value.GetProperty("summary").GetString().ShouldBe(result.Content.OfType<TextContentBlock>().First().Text);
    }
}
