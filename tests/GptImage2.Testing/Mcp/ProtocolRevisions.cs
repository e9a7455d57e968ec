namespace GptImage2.Testing.Mcp;

/// <summary>The two ways in which clients speak MCP: after a handshake, or with everything in each request.</summary>
public static class ProtocolRevisions
{
    public const string Legacy = "2025-11-25";

    public const string Modern = "2026-07-28";

    private const string Prefix = "io.modelcontextprotocol/";

    private static JsonObject Client => new() { ["name"] = "faults", ["version"] = "1" };

    public static JsonObject Request(string protocol, int id, string method, JsonObject? parameters)
    {
        var all = parameters ?? [];
        if (protocol is Modern)
        {
            var meta = all["_meta"] as JsonObject ?? [];
            meta[Prefix + "protocolVersion"] = protocol;
            meta[Prefix + "clientCapabilities"] = new JsonObject();
            meta[Prefix + "clientInfo"] = Client;
            all["_meta"] = meta;
        }

        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = all };
    }

    extension(ServerProcess server)
    {
        /// <summary>What a client says first: the handshake, or a question.</summary>
        public async Task<ProtocolLine> InitializeAsync()
        {
            if (server.Protocol is Modern)
            {
                return await server.RequestAsync("server/discover");
            }

            var answer = await server.RequestAsync(
                "initialize",
                new JsonObject { ["protocolVersion"] = server.Protocol, ["capabilities"] = new JsonObject(), ["clientInfo"] = Client });
            await server.NotifyAsync("notifications/initialized");
            return answer;
        }

        /// <param name="progressToken">Null for a client that wants no progress.</param>
        /// <returns>The request's id.</returns>
        public Task<int> SendCallAsync(string tool, JsonObject arguments, string? progressToken = null)
        {
            var parameters = new JsonObject { ["name"] = tool, ["arguments"] = arguments };
            if (progressToken is not null)
            {
                parameters["_meta"] = new JsonObject { ["progressToken"] = progressToken };
            }

            return server.SendAsync("tools/call", parameters);
        }

        public async Task<ToolReply> CallAsync(string tool, JsonObject arguments, string? progressToken = null) =>
            ToolReply.Parse(await server.ReadResponseAsync(await server.SendCallAsync(tool, arguments, progressToken)));
    }
}
