using Microsoft.Extensions.Logging;

namespace GptImage2.Mcp.Tests.Http.Authentication;

/// <summary>Every line that anybody logs, at any level, with its exception.</summary>
internal sealed class LogCapture : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, $"{formatter(state, exception)} {(state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values) : "")} {exception}"));

    public void Dispose()
    {
    }
}
