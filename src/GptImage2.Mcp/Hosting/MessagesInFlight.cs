using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Hosting;

/// <summary>Counts messages that are being handled, so that the last answers still leave when a client has closed its end.</summary>
internal sealed class MessagesInFlight(TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private int _count;

    public McpMessageHandler Filter(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        Interlocked.Increment(ref _count);
        try
        {
            await next(context, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    };

    /// <summary>Ends when nothing is being handled any more, or when the limit is reached.</summary>
    /// <param name="limit">Asked again and again, because it depends on what is under way.</param>
    public async Task QuietAsync(Func<TimeSpan> limit)
    {
        var start = clock.GetTimestamp();

        // A message that was read a moment ago may not be counted yet: only two quiet looks in a row count.
        for (var quiet = 0; quiet < 2 && clock.GetElapsedTime(start) < limit();)
        {
            await Task.Delay(Look, clock);
            quiet = Volatile.Read(ref _count) is 0 ? quiet + 1 : 0;
        }
    }
}
