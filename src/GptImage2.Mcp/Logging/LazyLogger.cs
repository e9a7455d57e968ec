using Microsoft.Extensions.Logging;
using Serilog.Extensions.Logging;

namespace GptImage2.Mcp.Logging;

/// <summary>Wakes the log at the first line that is worth one.</summary>
internal sealed class LazyLogger(Lazy<SerilogLoggerProvider> log, string category, LogLevel least = LogLevel.Trace) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel is not LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // To be told to stop is nothing to warn of.
        if (IsEnabled(logLevel) && exception is not OperationCanceledException)
        {
            log.Value.CreateLogger(category).Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
