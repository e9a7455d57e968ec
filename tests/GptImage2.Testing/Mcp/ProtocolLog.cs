using System.Diagnostics;
using GptImage2.Testing.Time;

namespace GptImage2.Testing.Mcp;

/// <summary>Keeps every line of the server's stdout, and lets tests wait for some of them.</summary>
internal sealed class ProtocolLog
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lock _lock = new();
    private readonly List<ProtocolLine> _lines = [];
    private readonly ChangeSignal _changed = new();
    private volatile bool _ended;

    public IReadOnlyList<ProtocolLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Reads to the end, or until the test stops listening.</summary>
    public async Task ReadAsync(Stream output, Stopwatch clock)
    {
        try
        {
            await ReadLinesAsync(output, clock);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            _ = closed;
        }

        _ended = true;
        _changed.Raise();
    }

    /// <summary>The first line that fits, as soon as there is one.</summary>
    /// <exception cref="EndOfStreamException">The server's output ended without it.</exception>
    public async Task<ProtocolLine> FirstAsync(Func<ProtocolLine, bool> fits, CancellationToken cancellationToken)
    {
        ProtocolLine? found = null;
        await _changed.WaitUntilAsync(
            () =>
            {
                var ended = _ended;
                found = Lines.FirstOrDefault(fits);
                return ended || found is not null;
            },
            cancellationToken);
        return found ?? throw new EndOfStreamException("The server's output ended.");
    }

    private async Task ReadLinesAsync(Stream output, Stopwatch clock)
    {
        var buffer = new byte[64 * 1024];
        using var line = new MemoryStream();
        while (await output.ReadAsync(buffer) is > 0 and var length)
        {
            Split(buffer.AsSpan(0, length), line, clock);
        }

        if (line.Length > 0)
        {
            Add(new ProtocolLine(Encoding.UTF8.GetString(line.ToArray()), clock.Elapsed, default, "no line feed at its end"));
        }
    }

    private void Split(ReadOnlySpan<byte> arrived, MemoryStream line, Stopwatch clock)
    {
        while (arrived.IndexOf((byte)'\n') is >= 0 and var end)
        {
            line.Write(arrived[..end]);
            Add(ParseLine(line.ToArray(), clock.Elapsed));
            line.SetLength(0);
            arrived = arrived[(end + 1)..];
        }

        line.Write(arrived);
    }

    private static ProtocolLine ParseLine(byte[] line, TimeSpan at)
    {
        try
        {
            return ProtocolLine.Parse(StrictUtf8.GetString(line), at);
        }
        catch (DecoderFallbackException e)
        {
            return new ProtocolLine(Convert.ToHexString(line), at, default(JsonElement), $"not UTF-8: {e.Message}");
        }
    }

    private void Add(ProtocolLine line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }

        _changed.Raise();
    }
}
