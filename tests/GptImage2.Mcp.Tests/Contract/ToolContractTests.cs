using GptImage2.Mcp.Tests.Repository;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Contract;

/// <summary>What a client sees in tools/list is our public API; every change to it is a reviewed diff.</summary>
public sealed class ToolContractTests(McpServerFixture fixture) : IClassFixture<McpServerFixture>
{
    /// <summary>Every conversation carries the whole list before its first word. Make room for more by shorter descriptions, not by a higher limit.</summary>
    private const int MaxBytesOfAllTools = 15_000;

    private static readonly JsonSerializerOptions Indented = new(McpJsonUtilities.DefaultOptions) { WriteIndented = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_tool_matches_its_committed_contract()
    {
        foreach (var tool in await fixture.Server.Client.ListToolsAsync(cancellationToken: Cancellation))
        {
            var actual = JsonSerializer.Serialize(tool.ProtocolTool, Indented) + '\n';
            var path = Path.Combine(Here(), $"{tool.Name}.json");
            if (Updating())
            {
                await File.WriteAllTextAsync(path, actual, Cancellation);
            }

            (File.Exists(path) ? await File.ReadAllTextAsync(path, Cancellation) : "").ShouldBe(
                actual,
                $"{tool.Name} differs from its contract, or has none yet. Where that is meant: touch {Path.Combine(Here(), "update")}, run this test once, delete the file again, and have the diff reviewed.");
        }
    }

    [Fact]
    public async Task All_tools_together_stay_small_in_the_agents_context()
    {
        var tools = await fixture.Server.Client.ListToolsAsync(cancellationToken: Cancellation);

        JsonSerializer.SerializeToUtf8Bytes(tools.Select(tool => tool.ProtocolTool), McpJsonUtilities.DefaultOptions).Length.ShouldBeLessThan(
            MaxBytesOfAllTools, "the bytes of tools/list: shorten descriptions until it fits");
    }

    /// <summary>What a hint is when it is not there, the protocol says (MCP 2025-11-25, ToolAnnotations); two of them mean something only of tools that write.</summary>
    [Fact]
    public async Task Every_tool_states_all_its_hints_and_the_list_leaves_out_those_that_say_nothing()
    {
        var listed = (await fixture.Server.Client.ListToolsAsync(cancellationToken: Cancellation)).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool.Annotations.ShouldNotBeNull());

        foreach (var tool in fixture.Server.Services.GetRequiredService<Mcp.Tools.Base.ToolSet>().All.Select(entry => entry.Definition))
        {
            var (stated, hints) = (tool.Annotations.ShouldNotBeNull(), listed[tool.Name]);
            (hints.ReadOnlyHint ?? false).ShouldBe(stated.ReadOnlyHint.ShouldNotBeNull(), tool.Name);
            (hints.OpenWorldHint ?? true).ShouldBe(stated.OpenWorldHint.ShouldNotBeNull(), tool.Name);
            (hints.DestructiveHint ?? stated.ReadOnlyHint is not true).ShouldBe(stated.DestructiveHint.ShouldNotBeNull(), tool.Name);
            (hints.IdempotentHint ?? stated.ReadOnlyHint is true).ShouldBe(stated.IdempotentHint.ShouldNotBeNull(), tool.Name);
            (hints is { ReadOnlyHint: false } or { DestructiveHint: true } or { IdempotentHint: false } or { OpenWorldHint: true }).ShouldBeFalse(tool.Name);
        }
    }

    [Fact]
    public async Task No_schema_uses_what_some_clients_refuse()
    {
        foreach (var tool in (await fixture.Server.Client.ListToolsAsync(cancellationToken: Cancellation)).Select(tool => tool.ProtocolTool))
        {
            tool.Description.ShouldNotBeNullOrWhiteSpace();
            var schemas = tool.InputSchema.GetRawText() + tool.OutputSchema?.GetRawText();
            schemas.ShouldNotContain("oneOf");
            schemas.ShouldNotContain("anyOf");
            schemas.ShouldNotContain("\"null\"");
            schemas.ShouldNotContain("\"properties\":{}");
        }
    }

    /// <summary>
    /// What edits bind beyond their schema are arguments of generate_image, so that a refusal can explain them; compose_board leaves out
    /// what a free image of no model has no use for.
    /// </summary>
    [Fact]
    public async Task Every_argument_of_a_schema_can_be_bound_and_the_other_way_round()
    {
        var general = ArgumentsOf("generate_image");
        var listed = (await fixture.Server.Client.ListToolsAsync(cancellationToken: Cancellation)).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool);

        foreach (var tool in fixture.Server.Services.GetRequiredService<Mcp.Tools.Base.ToolSet>().All.Select(entry => entry.Definition))
        {
            var (advertised, arguments) = (Advertised(tool), ArgumentsOf(tool.Name));
            Advertised(listed[tool.Name]).Except(advertised).ShouldBeEmpty(tool.Name);
            if (listed[tool.Name].InputSchema.TryGetProperty("additionalProperties", out _))
            {
                Advertised(listed[tool.Name]).ShouldBe(advertised, tool.Name);
            }

            advertised.Except(Bound(arguments)).ShouldBeEmpty(tool.Name);
            Bound(arguments).Except(advertised).Except(arguments.IsSubclassOf(general) ? Bound(general) : tool.Name is "compose_board" ? ["compression", "fresh"] : []).ShouldBeEmpty(tool.Name);
        }
    }

    [Fact]
    public async Task A_tool_that_takes_more_than_it_lists_says_where_that_is_described()
    {
        var listed = (await fixture.Server.Client.ListToolsAsync(cancellationToken: Cancellation)).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool);
        var described = Advertised(listed["generate_image"]);

        foreach (var tool in fixture.Server.Services.GetRequiredService<Mcp.Tools.Base.ToolSet>().All.Select(entry => entry.Definition))
        {
            var leftOut = Advertised(tool).Except(Advertised(listed[tool.Name])).ToArray();
            leftOut.ShouldBeSubsetOf(described, tool.Name);
            tool.Description!.Contains("as in generate_image", StringComparison.Ordinal).ShouldBe(leftOut is not [], tool.Name);
        }
    }

    /// <summary>The record that a tool, a class named like it, is bound to.</summary>
    private static Type ArgumentsOf(string tool) => typeof(Mcp.Tools.GenerateImageTool).Assembly.GetTypes()
        .Single(type => type.Namespace == typeof(Mcp.Tools.GenerateImageTool).Namespace && JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name) == $"{tool}_tool")
        .BaseType!.GetGenericArguments()[0];

    private static string[] Bound(Type arguments) =>
        [.. arguments.GetProperties().Where(property => property.SetMethod is not null).Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))];

    private static string[] Advertised(Tool tool) => [.. tool.InputSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];

    /// <summary>Rewrites the contracts where a developer asks for it: <c>touch tests/GptImage2.Mcp.Tests/Contract/update</c>.</summary>
    private static bool Updating() => File.Exists(Path.Combine(Here(), "update"));

    private static string Here() => Path.Combine(RepositoryRoot.Path, "tests", "GptImage2.Mcp.Tests", "Contract");
}
