using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Http.Authentication;

/// <summary>An authorization server, and a server that trusts it, for all tests of a class.</summary>
public sealed class AccessTokenServer : IAsyncLifetime
{
    public const string Audience = "https://images.example.com/mcp";

    private AuthorizationServer? _authorization;
    private HttpServer? _server;

    internal AuthorizationServer Authorization => _authorization!;

    internal HttpServer Server => _server!;

    internal static async Task<HttpServer> StartAsync(AuthorizationServer authorization, IEnumerable<(string, string)>? more = null, Action<IServiceCollection>? services = null) =>
        await HttpServer.StartAsync([("GPTIMAGE2_HTTP__AUTHORITY", authorization.Issuer), ("GPTIMAGE2_HTTP__AUDIENCE", Audience), .. more ?? []], services: services);

    public async ValueTask InitializeAsync()
    {
        _authorization = await AuthorizationServer.StartAsync();
        _server = await StartAsync(_authorization);
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        await _authorization!.DisposeAsync();
    }
}
