using System.Net.Http.Headers;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Http.Authentication;

/// <summary>Requests as they are on the wire, for what no well-behaved client would send.</summary>
internal static class RawMcp
{
    private const string Modern = "2026-07-28";

    public const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""";

    /// <summary>A request of the newest revision.</summary>
    public static HttpRequestMessage Create(HttpServer server, string method, JsonObject? parameters = null, string? token = null)
    {
        var whole = (JsonObject?)parameters?.DeepClone() ?? [];
        whole["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Modern,
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject { ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject(), ["io.modelcontextprotocol/ui"] = new JsonObject() } },
        };
        var name = parameters?["name"] ?? parameters?["uri"] ?? parameters?["taskId"];
        return Create(server, new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = whole }.ToJsonString(), token, method, name?.GetValue<string>());
    }

    public static HttpRequestMessage Create(HttpServer server, string body, string? token, string? method, string? name = null)
    {
        var request = CreateLegacy(server, body, token);
        request.Headers.Add("MCP-Protocol-Version", Modern);
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
        {
            request.Headers.Add("Mcp-Name", name);
        }

        return request;
    }

    /// <summary>A request of an older revision.</summary>
    public static HttpRequestMessage CreateLegacy(HttpServer server, string body, string? token, string? session = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return request;
    }

    public static async Task<(int Status, string Text, string Challenge)> SendAsync(HttpServer server, HttpRequestMessage request)
    {
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), string.Join(", ", response.Headers.WwwAuthenticate));
    }

    /// <summary>Whether a token is let in.</summary>
    public static async Task<int> TryAsync(HttpServer server, string? token) => (await SendAsync(server, Create(server, "tools/list", token: token))).Status;

    /// <summary>Begins a session and returns its id.</summary>
    public static async Task<string> BeginSessionAsync(HttpServer server, string? token)
    {
        using var response = await server.Http.SendAsync(CreateLegacy(server, Initialize, token), TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Mcp-Session-Id").Single();
    }
}
