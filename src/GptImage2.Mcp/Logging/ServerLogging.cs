using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace GptImage2.Mcp.Logging;

/// <summary>
/// Everything of ours goes to a file, warnings also to stderr, which clients show to their users; stdout belongs to the
/// protocol. The file is opened with the first line, because clients start a second copy of the server just to look at it.
/// </summary>
internal static class ServerLogging
{
    extension(IServiceCollection services)
    {
        /// <param name="file">Absolute path.</param>
        public IServiceCollection AddServerLogging(string file) => services.AddLogging().AddSerilog(CreateLogger(file));
    }

    /// <summary>Every line is flushed when it is written, so nothing has to be disposed, which would throw on a full disk.</summary>
    private static Logger CreateLogger(string file) => new LoggerConfiguration()
        .MinimumLevel.Warning()
        .MinimumLevel.Override("GptImage2", LogEventLevel.Information)

        // It warns that the keys of links are not encrypted on disk: only their owner can read them.
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
        .Filter.ByExcluding(line => line.Exception is OperationCanceledException)
        .WriteTo.File(file, rollOnFileSizeLimit: true, retainedFileCountLimit: 3)
        .WriteTo.Sink<StderrSink>(LogEventLevel.Warning)
        .CreateLogger();

    private sealed class StderrSink : ILogEventSink
    {
        public void Emit(LogEvent logEvent) =>
            Console.Error.WriteLine($"{logEvent.Level}: {logEvent.RenderMessage()}{(logEvent.Exception is { } exception ? $" ({exception.GetType().Name}: {exception.Message})" : "")}");
    }
}
