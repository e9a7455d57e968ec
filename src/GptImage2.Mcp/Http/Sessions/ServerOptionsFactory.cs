using GptImage2.Mcp.Http.Authorization;
using GptImage2.Mcp.Http.Streaming;
using Microsoft.Extensions.Options;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>
/// The SDK wants options of its own for every request, to set what belongs to that. They are built once; each request gets
/// a copy whose parts are shared.
/// </summary>
internal sealed class ServerOptionsFactory(IOptions<McpServerOptions> definition, SubscriptionListener subscriptions, ScopeGate gate) : IOptionsFactory<McpServerOptions>
{
    private readonly Lazy<McpServerOptions> _shared = new(() => WithHttp(definition.Value, subscriptions, gate));

    public McpServerOptions Create(string name)
    {
        var shared = _shared.Value;
        return new McpServerOptions
        {
            ServerInfo = shared.ServerInfo,
            ServerInstructions = shared.ServerInstructions,
            ScopeRequests = shared.ScopeRequests,
            Capabilities = shared.Capabilities,
            RequestHandlers = shared.RequestHandlers,
            Filters = shared.Filters,
            Handlers = shared.Handlers,
        };
    }

    /// <summary>Scopes after the filter that makes parameters readable.</summary>
    private static McpServerOptions WithHttp(McpServerOptions options, SubscriptionListener subscriptions, ScopeGate gate)
    {
        options.Handlers.SubscriptionsListenHandler = subscriptions.ListenAsync;
        options.Filters.Message.IncomingFilters.Add(gate.Filter);
        options.Filters.Message.OutgoingFilters.Add(SupportedRevisions.Filter);
        options.Filters.Request.ListResourcesFilters.Add(gate.FilterResources);
        return options;
    }
}
