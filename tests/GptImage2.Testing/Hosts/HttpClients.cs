using System.Net.Http.Headers;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GptImage2.Testing.Hosts;

/// <summary>Connects the SDK's own client to a server over HTTP.</summary>
public static class HttpClients
{
    /// <param name="endpoint">With the path.</param>
    /// <param name="token">What it authenticates with, or null.</param>
    /// <param name="protocol">The revision to speak, or null for the newest.</param>
    public static async Task<McpClient> ConnectAsync(
        Uri endpoint, string? token = null, string? protocol = null, string name = "harness", Action<McpClientOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        var options = new McpClientOptions { ClientInfo = new Implementation { Name = name, Version = "1" }, ProtocolVersion = protocol };
        configure?.Invoke(options);
        var transport = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = endpoint, TransportMode = HttpTransportMode.StreamableHttp }, http, ownsHttpClient: true);
        return await McpClient.CreateAsync(transport, options, cancellationToken: cancellationToken);
    }
}
