using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace GptImage2.Mcp.Logging;

/// <summary>Warnings for whoever watches the process; clients show stderr to their users.</summary>
internal sealed class StderrSink : ILogEventSink
{
    public void Emit(LogEvent logEvent) =>
        Console.Error.WriteLine($"{logEvent.Level}: {logEvent.RenderMessage(CultureInfo.InvariantCulture)}{(logEvent.Exception is { } exception ? $" ({exception.GetType().Name}: {exception.Message})" : "")}");
}
