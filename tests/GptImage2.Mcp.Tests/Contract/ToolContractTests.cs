using GptImage2.Mcp.Tests.Repository;
using GptImage2.Testing.Hosts;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Contract;

/// <summary>What a client sees in tools/list is our public API; every change to it is a reviewed diff.</summary>
public sealed class ToolContractTests
{
    private static readonly JsonSerializerOptions Indented = new(McpJsonUtilities.DefaultOptions) { WriteIndented = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_tool_matches_its_committed_contract()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        foreach (var tool in await server.Client.ListToolsAsync(cancellationToken: Cancellation))
        {
            var actual = JsonSerializer.Serialize(tool.ProtocolTool, Indented) + '\n';
            var path = Path.Combine(Here(), $"{tool.Name}.json");
            if (Updating())
            {
                await File.WriteAllTextAsync(path, actual, Cancellation);
            }

            (await File.ReadAllTextAsync(path, Cancellation)).ShouldBe(
                actual,
                $"{tool.Name} differs from its contract. Where that is meant: touch {Path.Combine(Here(), "update")}, run this test once, delete the file again, and have the diff reviewed.");
        }
    }

    [Fact]
    public async Task All_tools_together_stay_small_in_the_agents_context()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var tools = await server.Client.ListToolsAsync(cancellationToken: Cancellation);

        Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(tools.Select(tool => tool.ProtocolTool), McpJsonUtilities.DefaultOptions)).ShouldBeLessThan(14_000);
    }

    [Fact]
    public async Task Every_tool_states_all_its_hints_and_no_schema_uses_what_some_clients_refuse()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        foreach (var tool in (await server.Client.ListToolsAsync(cancellationToken: Cancellation)).Select(tool => tool.ProtocolTool))
        {
            tool.Annotations.ShouldNotBeNull().ShouldSatisfyAllConditions(
                hints => hints.ReadOnlyHint.ShouldNotBeNull(),
                hints => hints.DestructiveHint.ShouldNotBeNull(),
                hints => hints.IdempotentHint.ShouldNotBeNull(),
                hints => hints.OpenWorldHint.ShouldNotBeNull());
            tool.Description.ShouldNotBeNullOrWhiteSpace();
            var schemas = tool.InputSchema.GetRawText() + tool.OutputSchema?.GetRawText();
            schemas.ShouldNotContain("oneOf");
            schemas.ShouldNotContain("anyOf");
            schemas.ShouldNotContain("\"null\"");
        }
    }

    [Fact]
    public async Task Every_argument_of_a_schema_can_be_bound_and_the_other_way_round()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var tools = await server.Client.ListToolsAsync(cancellationToken: Cancellation);

        Bound(typeof(Mcp.Tools.Base.ImageToolArguments)).ShouldBe(Advertised(tools.Single(tool => tool.Name == "generate_image").ProtocolTool), ignoreOrder: true);
        Bound(typeof(Mcp.Tools.ViewImageArguments)).ShouldBe(Advertised(tools.Single(tool => tool.Name == "view_image").ProtocolTool), ignoreOrder: true);
        Bound(typeof(Mcp.Tools.ListImagesArguments)).ShouldBe(Advertised(tools.Single(tool => tool.Name == "list_images").ProtocolTool), ignoreOrder: true);
        Bound(typeof(Mcp.Tools.CheckJobArguments)).ShouldBe(Advertised(tools.Single(tool => tool.Name == "check_job").ProtocolTool), ignoreOrder: true);
        Bound(typeof(Mcp.Tools.ListPresetsArguments)).ShouldBe(Advertised(tools.Single(tool => tool.Name == "list_presets").ProtocolTool), ignoreOrder: true);
    }

    private static string[] Bound(Type arguments) =>
        [.. arguments.GetProperties().Where(property => property.SetMethod is not null).Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))];

    private static string[] Advertised(Tool tool) => [.. tool.InputSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];

    /// <summary>Rewrites the contracts where a developer asks for it: <c>touch tests/GptImage2.Mcp.Tests/Contract/update</c>.</summary>
    private static bool Updating() => File.Exists(Path.Combine(Here(), "update"));

    private static string Here() => Path.Combine(RepositoryRoot.Path, "tests", "GptImage2.Mcp.Tests", "Contract");
}
