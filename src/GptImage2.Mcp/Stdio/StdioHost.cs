using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Logging;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Server.Dispatch;
using GptImage2.Mcp.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Mcp.Stdio;

/// <summary>
/// One client, one process, in the generic host. stdout carries the protocol and nothing else. The process ends when its
/// input has ended and every request is answered, or when it is signalled; jobs then have as long as the settings say.
/// </summary>
internal static class StdioHost
{
    private const int StandardOutput = 1;

    public static async Task<int> RunAsync(ServerSettings settings)
    {
        // Whatever a library prints by mistake goes where it does no harm.
        Console.SetOut(Console.Error);

        // Empty, because a host's defaults read settings from the working directory and log to the console.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Services
            .AddServerLogging(settings.Logging)
            .AddSingleton<IHostLifetime, SignalLifetime>()
            .AddSingleton(Options.Create(new HostOptions { ShutdownTimeout = Timeout.InfiniteTimeSpan }))
            .AddGptImage2Server(settings)
            .AddMcpServer()
            .WithStdioServerTransport();

        if (IncludedParts.Http && settings.Telemetry.IsOn)
        {
            builder.Configuration.AddInMemoryCollection(settings.Telemetry.Variables);
            builder.Services.AddTelemetry(settings.Telemetry);
        }

        // Our settings are validated by now. This would only build the options of metrics that nothing reads: a seventh of the start.
        builder.Services.RemoveAll<IStartupValidator>();

        // Takes the place of the SDK's transport, which is then never made.
        builder.Services.AddSingleton<ITransport>(services =>
            new StdioTransport(
                Console.OpenStandardInput(),
                OpenOutput(),
                notice => OnNotification(services, notice),
                services.GetRequiredService<JobDrainService>().Begin));

        var host = builder.Build();
        if (settings.Templates.Folder is not null)
        {
            host.Services.GetRequiredService<TemplateValidator>().LogProblems();
        }

        await host.RunAsync();
        return 0;
    }

    /// <summary>Asks for no more than it needs: the first notification comes before anything has been called.</summary>
    private static void OnNotification(IServiceProvider services, JsonRpcNotification notice)
    {
        if (notice.Method is NotificationMethods.CancelledNotification)
        {
            services.GetRequiredService<ResultDeliveryTracker>().OnNotification(notice, () => CallerSession.Local);
        }
    }

    /// <summary>
    /// The console's own stream keeps quiet when nobody reads any more, and what nobody reads is not collected. Files are
    /// left to it, because stderr may lead to the same one.
    /// </summary>
    private static Stream OpenOutput()
    {
        if (!OperatingSystem.IsWindows())
        {
            var output = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!output.CanSeek)
            {
                return output;
            }
        }

        return Console.OpenStandardOutput();
    }
}
