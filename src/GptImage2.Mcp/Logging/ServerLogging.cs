using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Filters;
using Serilog.Formatting.Compact;

namespace GptImage2.Mcp.Logging;

/// <summary>
/// Everything of ours goes to a file, warnings also to stderr, which clients show to their users; stdout belongs to the
/// protocol. The file is opened with the first line, because clients start a second copy of the server just to look at it.
/// </summary>
internal static class ServerLogging
{
    extension(IServiceCollection services)
    {
        /// <param name="requests">Where lines about requests come from; null where there are none.</param>
        public IServiceCollection AddServerLogging(LoggingOptions options, string? requests = null) => services.AddLogging().AddSerilog(CreateLogger(options, requests));
    }

    /// <summary>Every line is flushed when it is written, so nothing has to be disposed, which would throw on a full disk.</summary>
    private static Logger CreateLogger(LoggingOptions options, string? requests)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Warning()
            .MinimumLevel.Override("GptImage2", LogEventLevel.Information)
            .Filter.ByExcluding(line => line.Exception is OperationCanceledException && !(requests is not null && Matching.FromSource(requests)(line)))
            .WriteTo.File(options.File, rollOnFileSizeLimit: true, retainedFileCountLimit: 3);
        return requests is null
            ? logger.WriteTo.Sink<StderrSink>(LogEventLevel.Warning).CreateLogger()
            : AddRequests(logger, options, requests).CreateLogger();
    }

    /// <summary>
    /// Who asks for the server's health is told; a log that repeats it every few seconds says nothing. So with refusals of
    /// the protocol: their texts quote what clients send, and anybody's client could fill the disk with them.
    /// </summary>
    private static LoggerConfiguration AddRequests(LoggerConfiguration logger, LoggingOptions options, string requests)
    {
        logger.MinimumLevel.Override(requests, LogEventLevel.Information).MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)

            // FailedAttempts tells of those who are not let in, and not once for each try.
            .MinimumLevel.Override("GptImage2.Mcp.Http.Authentication.NamedTokenHandler", LogEventLevel.Warning)

            // It warns that the keys of links are not encrypted on disk: only their owner can read them.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)

            // It warns of every method that it does not know, in the client's words.
            .MinimumLevel.Override("ModelContextProtocol", LogEventLevel.Error)
            .Filter.ByExcluding(line => line.Exception is McpException);
        return options.Json
            ? logger.WriteTo.Sink(new JsonSink())
            : logger.WriteTo.Sink<StderrSink>(LogEventLevel.Warning);
    }

    private sealed class StderrSink : ILogEventSink
    {
        public void Emit(LogEvent logEvent) =>
            Console.Error.WriteLine($"{logEvent.Level}: {logEvent.RenderMessage()}{(logEvent.Exception is { } exception ? $" ({exception.GetType().Name}: {exception.Message})" : "")}");
    }

    private sealed class JsonSink : ILogEventSink
    {
        private readonly CompactJsonFormatter _formatter = new();

        public void Emit(LogEvent logEvent)
        {
            var line = new StringWriter();
            _formatter.Format(logEvent, line);
            Console.Error.Write(line.ToString());
        }
    }
}
