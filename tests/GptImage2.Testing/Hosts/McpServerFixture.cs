using ModelContextProtocol.Protocol;
using Shouldly;
using Xunit;

namespace GptImage2.Testing.Hosts;

/// <summary>One server with the default settings for all tests of a class that leave nothing behind which another one minds.</summary>
public sealed class McpServerFixture : IAsyncLifetime
{
    private McpHost? _server;

    public McpHost Server => _server!;

    public async ValueTask InitializeAsync() => _server = await McpHost.StartAsync();

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    public Task<CallToolResult> CallAsync(string tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments) => Server.CallAsync(tool, arguments);

    public static string Text(CallToolResult result) => result.Text;

    /// <summary>The text of a refusal after which the server goes on serving.</summary>
    public async Task<string> RefusalAsync(string tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments)
    {
        var result = await CallAsync(tool, arguments);

        result.IsError.ShouldBe(true, result.Text);
        result.Text.ShouldNotContain("internal:");
        result.Text.ShouldNotContain("An error occurred");
        (await CallAsync("list_presets", [])).IsError.ShouldNotBe(true);
        return result.Text;
    }
}
