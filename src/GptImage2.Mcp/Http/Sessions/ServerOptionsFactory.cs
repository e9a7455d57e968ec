using GptImage2.Mcp.Http.Authorization;
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
internal sealed class ServerOptionsFactory(IOptions<McpServerOptions> definition, IServiceProvider services) : IOptionsFactory<McpServerOptions>
{
    private readonly Lazy<McpServerOptions> _shared = new(() => WithHttp(definition.Value, services));

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

    /// <summary>What HTTP adds: after the filter that makes parameters readable, the log's note and then the scopes.</summary>
    private static McpServerOptions WithHttp(McpServerOptions options, IServiceProvider services)
    {
        var gate = services.GetRequiredService<ScopeGate>();
        options.Handlers.SubscriptionsListenHandler = services.GetRequiredService<SubscriptionListener>().ListenAsync;
        options.Filters.Message.IncomingFilters.Add(CallNote.Create(services.GetRequiredService<IHttpContextAccessor>(), services.GetRequiredService<ToolSet>));
        options.Filters.Message.IncomingFilters.Add(gate.Filter);
        options.Filters.Message.IncomingFilters.Add(services.GetRequiredService<CancelledCalls>().Filter);
        options.Filters.Message.OutgoingFilters.Add(SupportedRevisions.Filter);
        options.Filters.Request.ListResourcesFilters.Add(gate.FilterResources);
        return options;
    }
}
