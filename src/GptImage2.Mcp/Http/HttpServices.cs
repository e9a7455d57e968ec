using GptImage2.Generation.PostProcessing;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http.Authentication;
using GptImage2.Mcp.Http.Operations;
using GptImage2.Mcp.Http.Security;
using GptImage2.Mcp.Http.Sessions;
using GptImage2.Mcp.Http.Streaming;
using GptImage2.Mcp.Http.Transfers;
using GptImage2.Mcp.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;

namespace GptImage2.Mcp.Http;

/// <summary>What HTTP adds to the object graph of the server.</summary>
internal static class HttpServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddGptImage2Http(ServerSettings settings)
        {
            services
                .AddGptImage2Server(settings)
                .AddSingleton(settings.Http)
                .AddSingleton<PublicAddress>()
                .AddSingleton<ICallerAccessor, HttpCallerAccessor>()
                .AddTransfers(settings)
                .AddSingleton<OriginFilter>()
                .AddSingleton<UnreadableMessages>()
                .AddSingleton<PrincipalSessions>()
                .AddSingleton<KeepAlive>()
                .AddSingleton<CancelledCalls>()
                .AddSingleton<SubscriptionListener>()
                .AddSingleton<IOptionsFactory<McpServerOptions>, ServerOptionsFactory>()
                .AddHostedService<IdleMemoryTrimmer>()
                .AddServerAuthentication(settings.Http)
                .AddHttpContextAccessor()
                .AddHealth()
                .AddRequestLog()
                .AddRouting()
                .AddHostFiltering(filter => (filter.AllowedHosts, filter.AllowEmptyHosts, filter.IncludeFailureMessage) = (AllowedHosts.Get(settings.Http, settings.Kestrel), false, false))
                .AddRateLimiter(limiter => RequestLimits.Configure(limiter, settings.Http))
                .AddCors(cors => cors.AddDefaultPolicy(policy => policy
                    .WithOrigins([.. settings.Http.AllowedOrigins])
                    .WithMethods("GET", "POST", "DELETE")
                    .AllowAnyHeader()
                    .WithExposedHeaders(PrincipalSessions.Header, "WWW-Authenticate")))
                .Configure<ForwardedHeadersOptions>(forwarded => TrustedProxies.Configure(forwarded, settings.Http))
                .AddMcpServer()
                .WithHttpTransport();
            services.AddOptions<HttpServerTransportOptions>().Configure<PrincipalSessions, ImageStoreEvents, TimeProvider>((transport, sessions, events, clock) =>
            {
                transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients;
                transport.IdleTimeout = settings.Http.SessionIdle;
                transport.TimeProvider = clock;
                transport.RunSessionHandler = sessions.RunAsync;
                transport.ConfigureSessionOptions = (context, options, _) =>
                {
                    options.ResourceCollection = SessionResources.Create(context, events);
                    return Task.CompletedTask;
                };
            });
            return services;
        }
    }
}
