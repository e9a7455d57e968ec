using GptImage2.Testing.Hosts;
using ModelContextProtocol.Client;

namespace GptImage2.Mcp.Tests.Apps;

/// <summary>A client that shows pages, as it announces itself.</summary>
internal static class AppsClient
{
    public const string Extension = "io.modelcontextprotocol/ui";

    public static Task<McpHost> StartAsync(IEnumerable<(string, string)>? environment = null) =>
        McpHost.StartAsync(environment, configure: Announce, cancellationToken: TestContext.Current.CancellationToken);

    public static void Announce(McpClientOptions options) => options.Capabilities = new()
    {
        Extensions = new Dictionary<string, object> { [Extension] = new JsonObject { ["mimeTypes"] = new JsonArray("text/html;profile=mcp-app") } },
    };
}
