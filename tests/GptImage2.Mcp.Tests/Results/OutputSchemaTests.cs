using GptImage2.Testing.Hosts;
using ModelContextProtocol.Protocol;
using NJsonSchema;

namespace GptImage2.Mcp.Tests.Results;

/// <summary>Official clients throw away a result whose structured content breaks the advertised schema.</summary>
public sealed class OutputSchemaTests(McpServerFixture fixture) : IClassFixture<McpServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("generate_image", """{ "prompt": "a fox", "count": 2 }""", false)]
    [InlineData("generate_image", """{ "prompt": "a fox", "dry_run": true }""", false)]
    [InlineData("generate_image", """{ "prompt": "a fox", "count": 99 }""", true)]
    public async Task Structured_content_satisfies_the_advertised_schema(string tool, string arguments, bool isError) =>
        (await CheckAsync(fixture.Server, tool, arguments)).ShouldBe(isError);

    [Fact]
    public async Task So_does_that_of_a_failed_job()
    {
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_SKETCH__FAILS", "true")], cancellationToken: Cancellation);

        (await CheckAsync(server, "generate_image", """{ "prompt": "a fox" }""")).ShouldBeTrue();
    }

    [Fact]
    public async Task So_does_what_any_tool_answers_without_arguments()
    {
        foreach (var tool in (await fixture.Server.Client.ListToolsAsync(cancellationToken: Cancellation)).Where(tool => tool.ProtocolTool.OutputSchema is not null))
        {
            await CheckAsync(fixture.Server, tool.Name, "{}");
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "limit": 1, "show": true }""")]
    [InlineData("""{ "query": "nothing of that kind" }""")]
    public async Task The_summary_of_a_list_is_its_text(string arguments)
    {
        var result = await fixture.Server.Client.CallToolAsync("list_images", JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments), cancellationToken: Cancellation);

        result.StructuredContent!.Value.GetProperty("summary").GetString().ShouldBe(result.Content.OfType<TextContentBlock>().First().Text);
    }

    /// <summary>Only an error may come without structured content.</summary>
    /// <returns>Whether the result is an error.</returns>
    private static async Task<bool> CheckAsync(McpHost server, string tool, string arguments)
    {
        var advertised = (await server.Client.ListToolsAsync(cancellationToken: Cancellation)).Single(known => known.Name == tool).ProtocolTool.OutputSchema!.Value;
        var schema = await JsonSchema.FromJsonAsync(advertised.GetRawText(), Cancellation);

        var result = await server.Client.CallToolAsync(tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments), cancellationToken: Cancellation);

        if (result.StructuredContent is { } content)
        {
            schema.Validate(content.GetRawText()).ShouldBeEmpty(tool);
            content.GetProperty("summary").GetString().ShouldBe(result.Content.OfType<TextContentBlock>().First().Text);
            return result.IsError is true;
        }

        result.IsError.ShouldBe(true, tool);
        return true;
    }
}
