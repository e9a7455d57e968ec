namespace GptImage2.Backends.Http.Streaming;

/// <summary>
/// Takes the images out of a JSON text while it arrives: the values of members of one name are decoded into the
/// target, everything else becomes a small document in which those values are empty. However large the text, only
/// the small document and one buffer are in memory.
/// </summary>
/// <param name="member">The name of the members that are images.</param>
/// <param name="maxText">Longer texts in addition to images, in bytes, become empty ones: some services repeat what they were sent.</param>
/// <param name="maxDocument">Most bytes of the small document.</param>
internal sealed class Base64JsonStream(IBase64Target target, string member = "b64_json", int maxText = int.MaxValue, int maxDocument = Base64JsonStream.MaxDocument)
{
    /// <summary>Most bytes of a text without its images. Real ones stay under two thousand.</summary>
    public const int MaxDocument = 1 << 20;

    private static readonly SearchValues<byte> TextStops = SearchValues.Create("\"\\"u8);

    /// <summary>What cannot be part of a value: its end, an escape, and what JSON forbids in strings.</summary>
    private static readonly SearchValues<byte> ValueStops =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    private readonly ArrayBufferWriter<byte> _document = new();
    private readonly Base64Decoder _decoder = new(target);

    /// <summary>An escape in a value as a JSON text of its own, and what it stands for.</summary>
    private readonly ArrayBufferWriter<byte> _escape = new();
    private readonly byte[] _unescaped = new byte[3];

    private State _state;
    private int _textStart;
    private bool _escaped;
    private bool _tooLong;
    private bool _named;
    private bool _announced;

    private enum State
    {
        Structure,
        Text,
        Value,
        ValueEscape,
    }

    /// <summary>The text so far, without its images.</summary>
    public ReadOnlySpan<byte> Document => _document.WrittenSpan;

    /// <summary>Takes the next piece, cut anywhere.</summary>
    /// <exception cref="MalformedResponseException">This is no JSON with base64, or too much of it in addition to images.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        while (!json.IsEmpty)
        {
            var taken = _state switch
            {
                State.Structure => ReadStructure(json.Span[0]),
                State.Text => ReadText(json.Span),
                State.Value => await ReadValueAsync(json, cancellationToken),
                _ => await ReadEscapeAsync(json.Span[0], cancellationToken),
            };
            json = json[taken..];
        }
    }

    /// <returns>What it holds in addition to images.</returns>
    /// <exception cref="MalformedResponseException">It is incomplete, or not JSON.</exception>
    public JsonElement Complete()
    {
        if (_state is not State.Structure)
        {
            throw new MalformedResponseException("ends in the middle");
        }

        try
        {
            return JsonElement.Parse(_document.WrittenSpan);
        }
        catch (JsonException e)
        {
            throw new MalformedResponseException("is incomplete, or not JSON", e);
        }
    }

    public void Reset()
    {
        _document.ResetWrittenCount();
        (_state, _escaped, _tooLong, _named, _announced) = (State.Structure, false, false, false, false);
    }

    private int ReadStructure(byte character)
    {
        AppendToDocument([character]);
        switch (character)
        {
            case (byte)'"' when _announced:
                target.Begin(_document.WrittenSpan[..^1]);
                AppendToDocument("\""u8);
                _state = State.Value;
                break;
            case (byte)'"':
                _textStart = _document.WrittenCount - 1;
                _state = State.Text;
                break;
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                return 1;
        }

        // Only a name is followed by a colon, so text that happens to read b64_json announces nothing.
        (_announced, _named) = (_named && character == ':', false);
        return 1;
    }

    private int ReadText(ReadOnlySpan<byte> json)
    {
        var from = _escaped ? 1 : 0;
        var stop = json[from..].IndexOfAny(TextStops);
        var taken = stop < 0 ? json.Length : from + stop + 1;
        AppendText(json[..taken]);
        _escaped = stop >= 0 && json[taken - 1] == '\\';
        if (stop >= 0 && !_escaped)
        {
            _state = State.Structure;
            _named = !_tooLong && IsBase64MemberName(_document.WrittenSpan[_textStart..]);
            AppendToDocument(_tooLong ? "\""u8 : []);
            _tooLong = false;
        }

        return taken;
    }

    private async ValueTask<int> ReadValueAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var end = json.Span.IndexOfAny(ValueStops);
        await _decoder.WriteAsync(end < 0 ? json : json[..end], cancellationToken);
        switch (end < 0 ? (byte)0 : json.Span[end])
        {
            case 0 when end < 0:
                return json.Length;
            case (byte)'"':
                await _decoder.EndAsync(cancellationToken);
                await target.EndAsync(cancellationToken);
                _state = State.Structure;
                break;
            case (byte)'\\':
                _escape.ResetWrittenCount();
                _escape.Write("\"\\"u8);
                _state = State.ValueEscape;
                break;
            default:
                throw Base64Decoder.InvalidBase64();
        }

        return end + 1;
    }

    private async ValueTask<int> ReadEscapeAsync(byte character, CancellationToken cancellationToken)
    {
        _escape.Write([character]);
        if (_escape.WrittenSpan is [_, _, (byte)'u', _, _, _, _] or [_, _, not (byte)'u'])
        {
            _escape.Write("\""u8);
            _state = State.Value;
            await _decoder.WriteAsync(_unescaped.AsMemory(0, Unescape()), cancellationToken);
        }

        return 1;
    }

    private int Unescape()
    {
        try
        {
            var reader = new Utf8JsonReader(_escape.WrittenSpan);
            reader.Read();
            return reader.CopyString(_unescaped);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Base64Decoder.InvalidBase64();
        }
    }

    /// <summary>Of a text that is too long only the first quotation mark is kept.</summary>
    private void AppendText(ReadOnlySpan<byte> text)
    {
        if (_tooLong)
        {
            return;
        }

        _tooLong = (long)_document.WrittenCount - _textStart + text.Length > maxText;
        if (_tooLong)
        {
            var before = _document.WrittenSpan[..(_textStart + 1)].ToArray();
            _document.ResetWrittenCount();
            _document.Write(before);
        }
        else
        {
            AppendToDocument(text);
        }
    }

    private void AppendToDocument(ReadOnlySpan<byte> json)
    {
        if (_document.WrittenCount + json.Length > maxDocument)
        {
            throw new MalformedResponseException("holds more than a megabyte in addition to images");
        }

        _document.Write(json);
    }

    private bool IsBase64MemberName(ReadOnlySpan<byte> quoted)
    {
        try
        {
            var reader = new Utf8JsonReader(quoted);
            return reader.Read() && reader.ValueTextEquals(member);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A name that is no JSON string, or no Unicode, is not ours; Complete judges the text.
            return false;
        }
    }
}
