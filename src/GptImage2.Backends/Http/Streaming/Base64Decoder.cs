using System.Buffers.Text;

namespace GptImage2.Backends.Http.Streaming;

/// <summary>Decodes base64 text that arrives in pieces, as strictly as <see cref="Convert.FromBase64String"/>.</summary>
internal sealed class Base64Decoder(IBase64Target target)
{
    private const int Capacity = 48 * 1024;

    private static readonly SearchValues<byte> PaddingOrBlank = SearchValues.Create("= \t\r\n"u8);

    private readonly byte[] _decoded = GC.AllocateUninitializedArray<byte>(Capacity);
    private readonly byte[] _quad = new byte[4];
    private int _length;
    private int _quadLength;
    private bool _padded;
    private bool _full;

    /// <exception cref="MalformedResponseException">This is no base64.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        while (!text.IsEmpty)
        {
            text = text[Decode(text.Span)..];
            if (_full || Capacity - _length < 3)
            {
                await FlushAsync(cancellationToken);
            }
        }
    }

    /// <exception cref="MalformedResponseException">The text stops between two bytes.</exception>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_quadLength > 0)
        {
            throw InvalidBase64();
        }

        await FlushAsync(cancellationToken);
        _padded = false;
    }

    /// <returns>How much was taken; at least one byte, unless the buffer is full.</returns>
    private int Decode(ReadOnlySpan<byte> text)
    {
        if (_quadLength > 0 || _padded)
        {
            return FillQuad(text);
        }

        // Whole quads without blanks go the fast way. With blanks, what the framework reports as consumed cannot be relied
        // on when the text goes on later.
        var end = text.IndexOfAny(PaddingOrBlank);
        var plain = (end < 0 ? text.Length : end) & ~3;
        var status = Base64.DecodeFromUtf8(text[..plain], _decoded.AsSpan(_length), out var consumed, out var written, isFinalBlock: false);
        _length += written;
        _full = status is OperationStatus.DestinationTooSmall;
        return status switch
        {
            OperationStatus.InvalidData => throw InvalidBase64(),
            _ when _full || consumed == text.Length => consumed,
            _ => consumed + FillQuad(text[consumed..]),
        };
    }

    /// <summary>Joins four characters that are in different pieces, or that end the text.</summary>
    private int FillQuad(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            if (_padded)
            {
                throw InvalidBase64();
            }

            _quad[_quadLength++] = text[i];
            if (_quadLength == 4)
            {
                if (_decoded.Length - _length < 3)
                {
                    _quadLength--;
                    _full = true;
                    return i;
                }

                DecodeQuad();
                return i + 1;
            }
        }

        return text.Length;
    }

    private void DecodeQuad()
    {
        // Unlike the span API this ignores stray bits before the padding, which are no reason to lose an image.
        ReadOnlySpan<char> quad = [(char)_quad[0], (char)_quad[1], (char)_quad[2], (char)_quad[3]];
        if (!Convert.TryFromBase64Chars(quad, _decoded.AsSpan(_length), out var written))
        {
            throw InvalidBase64();
        }

        _length += written;
        _padded = _quad[3] == '=';
        _quadLength = 0;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_length > 0)
        {
            await target.WriteAsync(_decoded.AsMemory(0, _length), cancellationToken);
        }

        _length = 0;
        _full = false;
    }

    private static MalformedResponseException InvalidBase64() => new("holds an image that is not valid base64");
}
