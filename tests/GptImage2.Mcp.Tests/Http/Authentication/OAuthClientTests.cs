using System.Net;
using System.Net.Sockets;
using GptImage2.Testing.Hosts;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;

namespace GptImage2.Mcp.Tests.Http.Authentication;

public sealed class OAuthClientTests
{
    [Fact]
    public async Task The_SDKs_client_finds_its_way_from_the_address_alone()
    {
        await using var authorization = await AuthorizationServer.StartAsync();
        var address = $"http://127.0.0.1:{FindFreePort()}";
        await using var server = await HttpServer.StartAsync(
            [("GPTIMAGE2_HTTP__URLS", address), ("GPTIMAGE2_HTTP__PUBLICURL", address), ("GPTIMAGE2_HTTP__AUTHORITY", authorization.Issuer)],
            cancellationToken: TestContext.Current.CancellationToken);

        await using var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = server.Endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            OAuth = new ClientOAuthOptions { ClientId = "test", RedirectUri = new Uri("http://localhost:1/callback"), AuthorizationCallbackHandler = FollowAsync },
        });
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: TestContext.Current.CancellationToken);

        (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Count.ShouldBe(14);
        authorization.LastAuthorization["resource"].ShouldBe(server.Endpoint.ToString());
        authorization.LastAuthorization["scope"].ShouldBe("images:read images:write spend:read");
    }

    /// <summary>What a browser does, whose user agrees.</summary>
    private static async Task<AuthorizationResult?> FollowAsync(AuthorizationCallbackContext asked, CancellationToken cancellationToken)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var response = await browser.GetAsync(asked.AuthorizationUri, cancellationToken);
        var answer = response.Headers.Location!.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        return new AuthorizationResult { Code = answer["code"], State = answer["state"], Iss = answer["iss"] };
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
