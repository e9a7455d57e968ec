using System.Net.Http.Headers;
using GptImage2.Mcp.Http.Authorization;
using GptImage2.Mcp.Http.Sessions;
using GptImage2.Testing.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Http;

/// <summary>Requests to the HTTP server as they are on the wire, from principals that are believed to be who they say.</summary>
internal sealed class RawHttp(HttpServer server) : IAsyncDisposable
{
    public const string SessionHeader = "Mcp-Session-Id";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HttpServer Server => server;

    public Uri Address => server.Address;

    public HttpClient Client => server.Http;

    public static async Task<RawHttp> StartAsync(IEnumerable<(string Variable, string Value)>? environment = null, Action<IServiceCollection>? services = null) =>
        new(await HttpServer.StartAsync(
            environment,
            services: collection =>
            {
                collection.AddSingleton<IStartupFilter, Believing>();
                services?.Invoke(collection);
            },
            cancellationToken: Cancellation));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>A request of the older revisions; without a session it must be <c>initialize</c>.</summary>
    public HttpRequestMessage Legacy(HttpMethod verb, string? body, string? session = null, string? principal = null)
    {
        var request = Create(verb, body, principal);
        if (session is not null)
        {
            request.Headers.Add(SessionHeader, session);
        }

        return request;
    }

    /// <summary>A request of the newest revision.</summary>
    /// <param name="parameters">Members of its parameters, as JSON, each followed by a comma.</param>
    public HttpRequestMessage Modern(string method, string parameters = "", string? principal = null, string? name = null, string id = "1")
    {
        var meta = """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";
        var request = Create(HttpMethod.Post, $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"{{{method}}}","params":{{{{parameters}}}"_meta":{{{meta}}}}}""", principal);
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
        {
            request.Headers.Add("Mcp-Name", name);
        }

        return request;
    }

    /// <summary>A call of generate_image in the newest revision.</summary>
    public HttpRequestMessage Draw(string prompt, string? principal = null) =>
        Modern("tools/call", $$"""
            "name":"generate_image","arguments":{"prompt":"{{prompt}}"},
            """, principal, "generate_image");

    /// <summary>Ends when the headers of the response are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

    /// <returns>The id of a new session.</returns>
    public async Task<string> BeginAsync(string? principal = null)
    {
        using var response = await SendAsync(Legacy(
            HttpMethod.Post,
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""",
            principal: principal));
        return response.EnsureSuccessStatusCode().Headers.GetValues(SessionHeader).Single();
    }

    private HttpRequestMessage Create(HttpMethod verb, string? body, string? principal)
    {
        var request = new HttpRequestMessage(verb, server.Endpoint) { Content = body is null ? null : new StringContent(body, Json) };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Authorization = principal is null ? null : new AuthenticationHeaderValue("Bearer", principal);
        return request;
    }

    /// <summary>Stands in for authentication: a token is the name of its principal.</summary>
    private sealed class Believing : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
        {
            application.Use(following => context =>
            {
                if (context.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var name])
                {
                    context.User = Principal.Create($"token:{name}", Scopes.All, "believed");
                }

                return following(context);
            });
            next(application);
        };
    }
}
