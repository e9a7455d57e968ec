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
    private readonly Lazy<McpServerHandlers> _handlers = new(() => WithSubscriptions(definition.Value.Handlers, subscriptions));
    private readonly Lazy<McpServerFilters> _filters = new(() => WithScopes(definition.Value.Filters, gate));

    public McpServerOptions Create(string name)
    {
        var shared = definition.Value;
        return new McpServerOptions
        {
            ServerInfo = shared.ServerInfo,
            ServerInstructions = shared.ServerInstructions,
            ScopeRequests = shared.ScopeRequests,
            Capabilities = shared.Capabilities,
            RequestHandlers = shared.RequestHandlers,
            Filters = _filters.Value,
            Handlers = _handlers.Value,
        };
    }

    private static McpServerHandlers WithSubscriptions(McpServerHandlers handlers, SubscriptionListener subscriptions)
    {
        handlers.SubscriptionsListenHandler = subscriptions.ListenAsync;
        return handlers;
    }

    /// <summary>After the filter that makes parameters readable.</summary>
    private static McpServerFilters WithScopes(McpServerFilters filters, ScopeGate gate)
    {
        filters.Message.IncomingFilters.Add(gate.Filter);
        filters.Request.ListResourcesFilters.Add(gate.FilterResources);
        return filters;
    }
}
