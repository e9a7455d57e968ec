using System.Text.Json;
using GptImage2.Testing.Hosts;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Hosts;

/// <summary>One server for thousands of calls.</summary>
public sealed class McpServerFixture : IAsyncLifetime
{
    private McpHost? _server;

    internal McpHost Server => _server!;

    public async ValueTask InitializeAsync() => _server = await McpHost.StartAsync();

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    internal Task<CallToolResult> CallAsync(string tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments) =>
        Server.Client.CallToolAsync(
            tool,
            arguments.ToDictionary(pair => pair.Key, pair => (object?)pair.Value),
            cancellationToken: TestContext.Current.CancellationToken).AsTask();

    internal static string Text(CallToolResult result) => result.Content.OfType<TextContentBlock>().First().Text;

    /// <summary>The text of a refusal after which the server goes on serving.</summary>
    internal async Task<string> RefusalAsync(string tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments)
    {
        var result = await CallAsync(tool, arguments);

        var text = Text(result);
        result.IsError.ShouldBe(true, text);
        text.ShouldNotContain("internal:");
        text.ShouldNotContain("An error occurred");
        (await CallAsync("list_presets", [])).IsError.ShouldNotBe(true);
        return text;
    }
}
