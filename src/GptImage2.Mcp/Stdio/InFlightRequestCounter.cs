using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Stdio;

/// <summary>Counts messages from the moment they are read, so that the last answers still leave when a client has closed its end.</summary>
internal sealed class InFlightRequestCounter(TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private bool _insideLine;
    private int _read;
    private int _begun;
    private int _ended;

    /// <summary>Whether something was read and nothing has been handled yet.</summary>
    public bool HasHandledNothing => _read > 0 && Volatile.Read(ref _ended) is 0;

    /// <summary>Sees what is read, before anybody has made messages of it: in a cold process that takes a while.</summary>
    /// <param name="input">Empty at the end, which ends the last line too.</param>
    public void CountLines(ReadOnlySpan<byte> input)
    {
        foreach (var value in input is [] ? "\n"u8 : input)
        {
            if (value is (byte)'\n')
            {
                _read += _insideLine ? 1 : 0;
                _insideLine = false;
            }
            else
            {
                _insideLine |= value > ' ';
            }
        }
    }

    public McpMessageHandler Filter(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        // A subscription has no answer to wait for: it ends with its client.
        var endless = context.JsonRpcMessage is JsonRpcRequest { Method: "subscriptions/listen" };
        Interlocked.Increment(ref _begun);
        Interlocked.Add(ref _ended, endless ? 1 : 0);
        try
        {
            await next(context, cancellationToken);
        }
        finally
        {
            Interlocked.Add(ref _ended, endless ? 0 : 1);
        }
    };

    /// <summary>Ends when every message has been handled, or when patience ends.</summary>
    /// <param name="patient">Whether to go on, given how long nothing has moved: a line that is no message never moves.</param>
    public async Task WaitUntilIdleAsync(Func<TimeSpan, bool> patient)
    {
        var (still, moved) = (clock.GetTimestamp(), Activity);

        // The answer of a message that ended a moment ago may still be on its way: only two quiet looks in a row count.
        for (var quiet = 0; quiet < 2 && patient(clock.GetElapsedTime(still));)
        {
            await Task.Delay(PollInterval, clock);
            quiet = IsIdle ? quiet + 1 : 0;
            (still, moved) = moved == Activity ? (still, moved) : (clock.GetTimestamp(), Activity);
        }
    }

    private bool IsIdle => Volatile.Read(ref _ended) is var ended && ended >= _read && ended == Volatile.Read(ref _begun);

    private int Activity => Volatile.Read(ref _begun) + Volatile.Read(ref _ended);
}
