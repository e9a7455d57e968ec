using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Authentication;

/// <summary>Says in the log that somebody was not let in: the kind of reason and from where, and so few lines that nobody can fill a disk with them.</summary>
internal sealed partial class FailedAttempts(TimeProvider clock, ILogger<FailedAttempts> logger)
{
    private const int LinesEachMinute = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _start = clock.GetTimestamp();
    private int _count;

    /// <param name="reason">One of a few fixed kinds, never what was sent.</param>
    public void Report(HttpContext context, string reason)
    {
        int count, before = 0;
        lock (_gate)
        {
            if (clock.GetElapsedTime(_start) > Window)
            {
                (before, _count, _start) = (_count, 0, clock.GetTimestamp());
            }

            count = ++_count;
        }

        if (before > LinesEachMinute)
        {
            LogMore(before - LinesEachMinute);
        }

        if (count <= LinesEachMinute)
        {
            LogAttempt(context.Connection.RemoteIpAddress?.ToString() ?? "unknown", reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not let in from {Address}: {Reason}")]
    private partial void LogAttempt(string address, string reason);

    [LoggerMessage(LogLevel.Warning, "Not let in {Count} more times before that")]
    private partial void LogMore(int count);
}
