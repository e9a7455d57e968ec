using GptImage2.Generation.Telemetry;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Server.Dispatch;
using GptImage2.Mcp.Telemetry.Settings;
using GptImage2.Mcp.Tools.Base;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GptImage2.Mcp.Telemetry;

/// <summary>Exports what the server says of itself. The only place that knows OpenTelemetry; without an address nothing of it is loaded.</summary>
internal static class TelemetryServices
{
    /// <summary>The SDK's own spans and metrics.</summary>
    private const string Mcp = "Experimental.ModelContextProtocol";

    /// <summary>The SDK's names come from clients, so these metrics are kept from growing without end.</summary>
    private const int MaxSeries = 200;

    extension(IServiceCollection services)
    {
        /// <param name="isQuiet">Paths of requests over HTTP that are no news.</param>
        public IServiceCollection AddTelemetry(TelemetryOptions options, Func<string, bool>? isQuiet = null)
        {
            // The baggage that a client's trace carries may say anything of its user; with the default one it would be sent on to the service.
            Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
            var builder = services.AddOpenTelemetry().UseOtlpExporter();

            // The exporter takes the log along, whose lines are for this machine.
            services.AddLogging(logging => logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.None));
            builder.ConfigureResource(resource => resource.AddService(ServerDefinition.Name, serviceVersion: ServerDefinition.Version).AddEnvironmentVariableDetector());
            if (options.Traces)
            {
                builder.WithTracing(traces => traces
                    .AddSource(Mcp, GenerationTelemetry.Name)
                    .AddAspNetCoreInstrumentation(http => http.Filter = context => isQuiet?.Invoke(context.Request.Path.Value ?? "") is not true)
                    .AddHttpClientInstrumentation()
                    .AddProcessor(provider => new SpanRedaction(provider.GetRequiredService<ToolSet>())));
            }

            if (options.Metrics)
            {
                builder.WithMetrics(metrics => metrics
                    .AddMeter(Mcp, GenerationTelemetry.Name, CallTelemetry.Name)
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddView("mcp.*", new MetricStreamConfiguration { TagKeys = ["mcp.method.name", "mcp.protocol.version", "network.transport", "error.type"], CardinalityLimit = MaxSeries }));
            }

            return services;
        }
    }
}
