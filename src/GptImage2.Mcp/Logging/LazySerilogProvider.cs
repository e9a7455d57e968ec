using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace GptImage2.Mcp.Logging;

/// <summary>
/// Everything goes to a file, warnings also to stderr; stdout belongs to the protocol. Nothing is opened before the
/// first line is written, because clients start a second copy of the server just to look at it.
/// </summary>
internal sealed class LazySerilogProvider(string file) : ILoggerProvider
{
    private readonly Lazy<SerilogLoggerProvider> _serilog = new(() => new SerilogLoggerProvider(CreateSerilogLogger(file), dispose: true));

    public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("GptImage2", StringComparison.Ordinal) ? new LazyLogger(_serilog, categoryName) : new LazyLogger(_serilog, categoryName, LogLevel.Warning);

    public void Dispose()
    {
        if (!_serilog.IsValueCreated)
        {
            return;
        }

        try
        {
            _serilog.Value.Dispose();
        }
        catch (IOException full)
        {
            // Its last lines found no room; the process ends as well as it would have.
            Console.Error.WriteLine($"The end of the log could not be written: {full.Message}");
        }
    }

    private static Serilog.Core.Logger CreateSerilogLogger(string file) => new LoggerConfiguration()
        .MinimumLevel.Verbose()
        .WriteTo.File(file, formatProvider: System.Globalization.CultureInfo.InvariantCulture, rollOnFileSizeLimit: true, retainedFileCountLimit: 3)
        .WriteTo.Sink(new StderrSink(), LogEventLevel.Warning)
        .CreateLogger();
}

internal static class ServerLogging
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddServerLogging(string file) => services
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).Services.AddSingleton<ILoggerProvider>(_ => new LazySerilogProvider(file)));
    }
}
