using System.Buffers.Text;

namespace GptImage2.Backends.Http.Streaming;

/// <summary>Decodes base64 text that arrives in pieces, as strictly as <see cref="Convert.FromBase64String"/>.</summary>
internal sealed class Base64Decoder(IBase64Target target)
{
    /// <summary>Groups of four characters that are gathered before they are decoded together.</summary>
    private const int MaxGroups = 12 * 1024;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);

    private readonly byte[] _text = GC.AllocateUninitializedArray<byte>(MaxGroups * 4);
    private readonly byte[] _decoded = GC.AllocateUninitializedArray<byte>(MaxGroups * 3);
    private int _length;

    /// <exception cref="MalformedResponseException">This is no base64.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        for (text = text.TrimStart(" \t\r\n"u8); !text.IsEmpty; text = text.TrimStart(" \t\r\n"u8))
        {
            if (_length == _text.Length)
            {
                await FlushAsync(cancellationToken);
            }

            var part = text[..Math.Min(text.Length, _text.Length - _length)];
            var blank = part.Span.IndexOfAny(Blanks);
            part = blank < 0 ? part : part[..blank];
            part.CopyTo(_text.AsMemory(_length));
            _length += part.Length;
            text = text[part.Length..];
        }
    }

    /// <exception cref="MalformedResponseException">The text stops between two bytes.</exception>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_length > 4)
        {
            await FlushAsync(cancellationToken);
        }

        // Unlike the span API this ignores stray bits before the padding, which are no reason to lose an image.
        if (!Convert.TryFromBase64Chars(Encoding.Latin1.GetString(_text, 0, _length), _decoded, out var written))
        {
            throw InvalidBase64();
        }

        await target.WriteAsync(_decoded.AsMemory(0, written), cancellationToken);
        _length = 0;
    }

    public static MalformedResponseException InvalidBase64() => new("holds an image that is not valid base64");

    /// <summary>Keeps the last group, for only the very last of a text may end in padding.</summary>
    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var whole = (_length - 1) & ~3;
        if (Base64.DecodeFromUtf8(_text.AsSpan(0, whole), _decoded, out _, out var written, isFinalBlock: false) is not OperationStatus.Done)
        {
            throw InvalidBase64();
        }

        _text.AsSpan(whole.._length).CopyTo(_text);
        _length -= whole;
        await target.WriteAsync(_decoded.AsMemory(0, written), cancellationToken);
    }
}
