namespace GptImage2.Backends.Http.Streaming;

/// <summary>
/// Reads a text/event-stream (WHATWG HTML, "Server-sent events") whose data are JSON, as it arrives: a line with a
/// image is never in memory.
/// </summary>
internal sealed class ServerSentEventReader(IEventTarget target)
{
    /// <summary>Longest line that is looked at; of one without data the rest is dropped.</summary>
    private const int MaxLine = 256;

    private readonly Base64JsonStream _data = new(target);
    private readonly ArrayBufferWriter<byte> _line = new();
    private bool _firstLine = true;
    private bool _lineHasData;
    private bool _eventHasData;
    private bool _spaceMayFollow;
    private bool _lineFeedMayFollow;

    /// <summary>The line so far; one with data only until it is known to be that.</summary>
    private ReadOnlySpan<byte> Line => _firstLine && _line.WrittenSpan.StartsWith(Encoding.UTF8.Preamble) ? _line.WrittenSpan[3..] : _line.WrittenSpan;

    /// <summary>Takes the next piece, cut anywhere.</summary>
    /// <exception cref="MalformedResponseException">An event's data are no JSON.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = _lineFeedMayFollow && bytes.Span[0] == '\n' ? bytes[1..] : bytes;
            _lineFeedMayFollow = false;
            var end = bytes.Span.IndexOfAny((byte)'\r', (byte)'\n');
            await ReadLineAsync(end < 0 ? bytes : bytes[..end], cancellationToken);
            if (end < 0)
            {
                return;
            }

            _lineFeedMayFollow = bytes.Span[end] == '\r';
            bytes = bytes[(end + 1)..];
            await EndLineAsync(cancellationToken);
        }
    }

    /// <summary>Ends the stream. An event that lacks nothing but the blank line after it counts.</summary>
    /// <exception cref="MalformedResponseException">The stream ends within an event.</exception>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await EndLineAsync(cancellationToken);
        await DispatchAsync(cancellationToken);
    }

    private async ValueTask ReadLineAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        if (!_lineHasData)
        {
            var name = part[..(part.Span.IndexOf((byte)':') + 1)];
            AppendToLine(name.Span);
            part = part[name.Length..];
            if (!Line.SequenceEqual("data:"u8))
            {
                AppendToLine(part.Span);
                return;
            }

            await BeginDataAsync(cancellationToken);
        }

        if (_spaceMayFollow && !part.IsEmpty)
        {
            _spaceMayFollow = false;
            part = part.Span[0] == ' ' ? part[1..] : part;
        }

        await _data.WriteAsync(part, cancellationToken);
    }

    private async ValueTask BeginDataAsync(CancellationToken cancellationToken)
    {
        if (_eventHasData)
        {
            await _data.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }

        (_lineHasData, _eventHasData, _spaceMayFollow) = (true, true, true);
    }

    private async ValueTask EndLineAsync(CancellationToken cancellationToken)
    {
        if (Line.IsEmpty)
        {
            await DispatchAsync(cancellationToken);
        }
        else if (Line.SequenceEqual("data"u8))
        {
            await BeginDataAsync(cancellationToken);
        }
        else if (Encoding.UTF8.GetString(Line).Split(':', 2) is ["event", .. var name])
        {
            target.OnEventName(name is [var text] ? text.StartsWith(' ') ? text[1..] : text : "");
        }

        _line.ResetWrittenCount();
        (_firstLine, _lineHasData) = (false, false);
    }

    private async ValueTask DispatchAsync(CancellationToken cancellationToken)
    {
        // Some servers end with a mark of OpenAI's chat streams, or keep the line alive with empty data.
        if (_eventHasData && !_data.Document.Trim(" \n"u8).IsEmpty && !_data.Document.SequenceEqual("[DONE]"u8))
        {
            await target.OnEventAsync(_data.Complete(), cancellationToken);
        }

        target.OnEventName("");
        _data.Reset();
        _eventHasData = false;
    }

    private void AppendToLine(ReadOnlySpan<byte> part) => _line.Write(part[..Math.Min(part.Length, MaxLine - _line.WrittenCount)]);
}
