using GptImage2.Mcp.Http.Streaming;
using Microsoft.Extensions.Options;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>
/// The SDK wants options of its own for every request, to set what belongs to that. They are built once; each request gets
/// a copy whose parts are shared.
/// </summary>
internal sealed class ServerOptionsFactory(IOptions<McpServerOptions> definition, SubscriptionListener subscriptions) : IOptionsFactory<McpServerOptions>
{
    private readonly Lazy<McpServerOptions> _shared = new(() => WithHttp(definition.Value, subscriptions));

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

    private static McpServerOptions WithHttp(McpServerOptions options, SubscriptionListener subscriptions)
    {
        options.Handlers.SubscriptionsListenHandler = subscriptions.ListenAsync;
        options.Filters.Message.OutgoingFilters.Add(SupportedRevisions.Filter);
        return options;
    }
}
