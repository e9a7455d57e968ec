using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Imaging.Vips;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http.Authentication;
using GptImage2.Mcp.Http.Authorization;
using GptImage2.Mcp.Http.Operations;
using GptImage2.Mcp.Http.Security;
using GptImage2.Mcp.Http.Sessions;
using GptImage2.Mcp.Http.Settings;
using GptImage2.Mcp.Http.Streaming;
using GptImage2.Mcp.Http.Transfers;
using GptImage2.Mcp.Logging;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Stdio;
using GptImage2.Mcp.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GptImage2.Mcp.Http;

/// <summary>Many clients, one process: the same server behind Streamable HTTP, in ASP.NET Core.</summary>
internal static class HttpHost
{
    /// <summary>For responses to be read after the last job has ended.</summary>
    private static readonly TimeSpan LastResponses = TimeSpan.FromSeconds(15);

    /// <exception cref="InvalidSettingsException">It would be open to everybody.</exception>
    public static async Task<int> RunAsync(ServerSettings settings)
    {
        if (ListenPolicy.FindProblem(settings.Http, settings.Kestrel) is { } problem)
        {
            throw new InvalidSettingsException([problem]);
        }

        PixelMemory.LimitArenas(Environment.ProcessorCount);
        ReserveThreads(settings.Jobs.Concurrency);
        await using var application = Build(settings, services => services.AddServerLogging(settings.Logging, RequestLog.Source).AddSingleton<IHostLifetime, SignalLifetime>());
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        await Console.Error.WriteLineAsync($"{ServerDefinition.Name} {ServerDefinition.Version} serves MCP at {string.Join(", ", addresses.Select(address => $"{address}{HttpEndpoints.Mcp}"))}");
        await application.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Drawing, decoding and encoding hold a thread for long. Without threads to spare, a quick question waits until the pool has grown.</summary>
    private static void ReserveThreads(int jobs)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * (jobs + Environment.ProcessorCount)), completions);
    }

    /// <summary>The application, not yet started.</summary>
    /// <param name="configure">What differs between a process and a test.</param>
    public static WebApplication Build(ServerSettings settings, Action<IServiceCollection> configure)
    {
        // Empty, because a host's defaults read settings from the working directory and log to the console.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = ServerDefinition.Name });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls([.. settings.Http.Urls]).ConfigureKestrel(kestrel =>
        {
            kestrel.Configure(settings.Kestrel);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Http.MaxRequestBytes;
        });
        builder.Services
            .AddGptImage2Http(settings)
            .Configure<HostOptions>(host => host.ShutdownTimeout = settings.Jobs.Drain + LastResponses);
        if (settings.Telemetry.IsOn)
        {
            builder.Configuration.AddInMemoryCollection(settings.Telemetry.Variables);
            builder.Services.AddTelemetry(settings.Telemetry, HealthEndpoints.IsHealth);
        }

        configure(builder.Services);

        var application = builder.Build();
        application.UseForwardedHeaders();
        application.UseRequestLog();
        application.UseHealth();
        application.UseHostFiltering();
        application.Use(next => context => context.RequestServices.GetRequiredService<OriginFilter>().InvokeAsync(context, next));
        application.UseRouting();
        application.UseCors();
        application.UseServerAuthentication();
        application.UseRateLimiter();
        application.UseWhen(context => context.Request.Path.StartsWithSegments(HttpEndpoints.Mcp), mcp =>
        {
            mcp.Use(next => context => context.RequestServices.GetRequiredService<UnreadableMessages>().InvokeAsync(context, next));
            mcp.Use(next => context => context.RequestServices.GetRequiredService<PrincipalSessions>().InvokeAsync(context, next));
            mcp.Use(next => context => context.RequestServices.GetRequiredService<ScopeGate>().InvokeAsync(context, next));
            mcp.Use(next => context => context.RequestServices.GetRequiredService<OpenStreams>().InvokeAsync(context, next));
            mcp.Use(next => context => context.RequestServices.GetRequiredService<KeepAlive>().InvokeAsync(context, next));
            mcp.Use(next => context => CancelledCalls.InvokeAsync(context, next));
        });
        application.MapMcp(HttpEndpoints.Mcp);
        application.MapMissingDocuments();
        application.MapUploads().RequireAuthorization(Scopes.Write);
        application.MapDownloads().AllowAnonymous();
        application.Lifetime.ApplicationStarted.Register(() => application.Services.GetRequiredService<RecoveryService>().Start());
        application.Lifetime.ApplicationStopping.Register(() => application.Services.GetRequiredService<JobDrainService>().Begin());
        return application;
    }
}
