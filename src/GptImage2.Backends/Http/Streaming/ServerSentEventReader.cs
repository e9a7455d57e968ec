namespace GptImage2.Backends.Http.Streaming;

/// <summary>
/// Reads a text/event-stream (WHATWG HTML, "Server-sent events") whose data are JSON, as it arrives: a line with a
/// image is never in memory.
/// </summary>
internal sealed class ServerSentEventReader(IEventTarget target)
{
    /// <summary>Longest event name that is looked at; the rest of a longer one is dropped, as are longer field names.</summary>
    private const int MaxName = 256;

    private readonly Base64JsonStream _data = new(target);
    private readonly ArrayBufferWriter<byte> _name = new();
    private readonly ArrayBufferWriter<byte> _event = new();
    private Field _field;
    private bool _firstLine = true;
    private bool _hasData;
    private bool _spaceMayFollow;
    private bool _lineFeedMayFollow;

    private enum Field
    {
        /// <summary>Its name has not ended yet.</summary>
        Unread,
        Data,
        Event,
        Other,
    }

    /// <summary>Takes the next piece, cut anywhere.</summary>
    /// <exception cref="MalformedResponseException">An event's data are no JSON.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_lineFeedMayFollow && bytes.Span[0] == '\n')
            {
                _lineFeedMayFollow = false;
                bytes = bytes[1..];
                continue;
            }

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
        if (_field is Field.Unread)
        {
            var colon = part.Span.IndexOf((byte)':');
            AppendTruncated(_name, colon < 0 ? part.Span : part.Span[..colon]);
            if (colon < 0)
            {
                return;
            }

            part = part[(colon + 1)..];
            await BeginFieldAsync(cancellationToken);
        }

        if (_spaceMayFollow && !part.IsEmpty)
        {
            _spaceMayFollow = false;
            part = part.Span[0] == ' ' ? part[1..] : part;
        }

        if (_field is Field.Data)
        {
            await _data.WriteAsync(part, cancellationToken);
        }
        else if (_field is Field.Event)
        {
            AppendTruncated(_event, part.Span);
        }
    }

    private async ValueTask BeginFieldAsync(CancellationToken cancellationToken)
    {
        var name = _name.WrittenSpan;
        name = _firstLine && name.StartsWith(Encoding.UTF8.Preamble) ? name[3..] : name;
        _spaceMayFollow = true;
        _field = name.SequenceEqual("data"u8) ? Field.Data : name.SequenceEqual("event"u8) ? Field.Event : Field.Other;
        if (_field is Field.Event)
        {
            _event.ResetWrittenCount();
        }

        if (_field is Field.Data)
        {
            var another = _hasData;
            _hasData = true;
            await _data.WriteAsync(another ? "\n"u8.ToArray() : default, cancellationToken);
        }
    }

    private async ValueTask EndLineAsync(CancellationToken cancellationToken)
    {
        if (_field is Field.Unread && _name.WrittenCount == 0)
        {
            await DispatchAsync(cancellationToken);
        }
        else if (_field is Field.Unread)
        {
            await BeginFieldAsync(cancellationToken);
        }

        if (_field is Field.Event)
        {
            target.OnEventName(Encoding.UTF8.GetString(_event.WrittenSpan));
        }

        _name.ResetWrittenCount();
        (_field, _firstLine, _spaceMayFollow) = (Field.Unread, false, false);
    }

    private async ValueTask DispatchAsync(CancellationToken cancellationToken)
    {
        // Some servers end with a mark of OpenAI's chat streams, or keep the line alive with empty data.
        if (_hasData && !_data.Document.Trim(" \n"u8).IsEmpty && !_data.Document.SequenceEqual("[DONE]"u8))
        {
            await target.OnEventAsync(_data.Complete(), cancellationToken);
        }

        target.OnEventName("");
        _data.Reset();
        _hasData = false;
    }

    private static void AppendTruncated(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> part) =>
        text.Write(part[..Math.Min(part.Length, MaxName - text.WrittenCount)]);
}
