using GptImage2.Mcp.Http.Streaming;
using GptImage2.Mcp.Tools.Base;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>
/// The SDK wants options of its own for every request, to set what belongs to that. They are built once; each request gets
/// a copy whose parts are shared.
/// </summary>
internal sealed class ServerOptionsFactory(
    IOptions<McpServerOptions> definition, SubscriptionListener subscriptions, IHttpContextAccessor requests, IServiceProvider services) : IOptionsFactory<McpServerOptions>
{
    private readonly Lazy<McpServerHandlers> _handlers = new(() => WithSubscriptions(definition.Value.Handlers, subscriptions));
    private readonly Lazy<McpServerFilters> _filters = new(() => WithNotes(definition.Value.Filters, CallNote.Create(requests, services.GetRequiredService<ToolSet>)));

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

    private static McpServerFilters WithNotes(McpServerFilters filters, McpMessageFilter note)
    {
        filters.Message.IncomingFilters.Add(note);
        return filters;
    }

    private static McpServerHandlers WithSubscriptions(McpServerHandlers handlers, SubscriptionListener subscriptions)
    {
        handlers.SubscriptionsListenHandler = subscriptions.ListenAsync;
        return handlers;
    }
}
