namespace GptImage2.Backends.Http.Streaming;

/// <summary>
/// Takes the images out of a JSON text while it arrives: the values of members named b64_json are decoded into the
/// target, everything else becomes a small document in which those values are empty. However large the text, only
/// the small document and one buffer are in memory.
/// </summary>
internal sealed class Base64JsonStream(IBase64Target target)
{
    /// <summary>Most bytes of a text without its images. Real ones stay under two thousand.</summary>
    public const int MaxDocument = 1 << 20;

    /// <summary>The member's name with every letter escaped, in quotes.</summary>
    private const int MaxNameLength = 8 * 6 + 2;

    private static readonly SearchValues<byte> TextStops = SearchValues.Create("\"\\"u8);

    /// <summary>What cannot be part of a value: its end, an escape, and what JSON forbids in strings.</summary>
    private static readonly SearchValues<byte> ValueStops =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    private readonly ArrayBufferWriter<byte> _document = new();
    private readonly Base64Decoder _decoder = new(target);
    private readonly byte[] _unescaped = new byte[1];
    private State _state;
    private int _textStart;
    private bool _named;
    private bool _announced;
    private int _hexDigits;
    private int _hex;

    private enum State
    {
        Structure,
        Text,
        TextEscape,
        Value,
        ValueEscape,
        ValueHex,
    }

    /// <summary>The text so far, without its images.</summary>
    public ReadOnlySpan<byte> Document => _document.WrittenSpan;

    /// <summary>Takes the next piece, cut anywhere.</summary>
    /// <exception cref="MalformedResponseException">This is no JSON with base64, or too much of it in addition to images.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        while (!json.IsEmpty)
        {
            var taken = _state is State.Value or State.ValueEscape or State.ValueHex
                ? await ReadValueAsync(json, cancellationToken)
                : ReadDocument(json.Span);
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
        (_state, _named, _announced) = (State.Structure, false, false);
    }

    /// <summary>Copies up to the end of the piece or to the beginning of a value.</summary>
    private int ReadDocument(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (at < json.Length && _state is not State.Value)
        {
            at += _state switch
            {
                State.Text => ReadText(json[at..]),
                State.TextEscape => ReadTextEscape(json[at..]),
                _ => ReadStructure(json[at]),
            };
        }

        return at;
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
        var end = json.IndexOfAny(TextStops);
        if (end < 0)
        {
            AppendToDocument(json);
            return json.Length;
        }

        AppendToDocument(json[..(end + 1)]);
        if (json[end] == '\\')
        {
            _state = State.TextEscape;
            return end + 1;
        }

        _state = State.Structure;
        _named = IsBase64MemberName(_document.WrittenSpan[_textStart..]);
        return end + 1;
    }

    private int ReadTextEscape(ReadOnlySpan<byte> json)
    {
        AppendToDocument(json[..1]);
        _state = State.Text;
        return 1;
    }

    private async ValueTask<int> ReadValueAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (_state is not State.Value)
        {
            await ReadEscapeAsync(json.Span[0], cancellationToken);
            return 1;
        }

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
                _state = State.ValueEscape;
                break;
            default:
                throw InvalidBase64();
        }

        return end + 1;
    }

    private async ValueTask ReadEscapeAsync(byte character, CancellationToken cancellationToken)
    {
        if (_state is State.ValueEscape && character == 'u')
        {
            (_state, _hex, _hexDigits) = (State.ValueHex, 0, 0);
            return;
        }

        if (_state is State.ValueHex)
        {
            var digit = char.IsAsciiHexDigit((char)character) ? Convert.ToInt32(((char)character).ToString(), 16) : throw InvalidBase64();
            _hex = _hex * 16 + digit;
            if (++_hexDigits < 4)
            {
                return;
            }
        }

        _unescaped[0] = _state is State.ValueHex ? (_hex < 0x80 ? (byte)_hex : throw InvalidBase64()) : Unescape(character);
        _state = State.Value;
        await _decoder.WriteAsync(_unescaped, cancellationToken);
    }

    private void AppendToDocument(ReadOnlySpan<byte> json)
    {
        if (_document.WrittenCount + json.Length > MaxDocument)
        {
            throw new MalformedResponseException("holds more than a megabyte in addition to images");
        }

        _document.Write(json);
    }

    private static byte Unescape(byte character) => character switch
    {
        (byte)'/' => (byte)'/',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => throw InvalidBase64(),
    };

    private static bool IsBase64MemberName(ReadOnlySpan<byte> quoted)
    {
        if (quoted.Length > MaxNameLength)
        {
            return false;
        }

        if (!quoted.Contains((byte)'\\'))
        {
            return quoted.SequenceEqual("\"b64_json\""u8);
        }

        try
        {
            var reader = new Utf8JsonReader(quoted);
            return reader.Read() && reader.ValueTextEquals("b64_json"u8);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A name that is no JSON string, or no Unicode, is not ours; Complete judges the text.
            return false;
        }
    }

    private static MalformedResponseException InvalidBase64() => new("holds an image that is not valid base64");
}
