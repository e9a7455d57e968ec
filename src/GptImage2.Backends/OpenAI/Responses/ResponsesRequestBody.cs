using System.Buffers.Text;
using System.Net.Http.Headers;
using GptImage2.Backends.Http;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>A request in JSON with images as base64, which pass through one buffer. Its length is sent first, because proxies reject a body without one.</summary>
internal sealed class ResponsesRequestBody : TrackedRequestBody
{
    /// <summary>A multiple of three, so that pieces join without padding.</summary>
    private const int BufferSize = 48 * 1024;

    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _pieces;
    private readonly IReadOnlyList<(InlineImage Image, long Length)> _images;

    /// <param name="pieces">The text between the images, one piece more than there are images.</param>
    /// <exception cref="UnreadableInputException">A file is gone already.</exception>
    public ResponsesRequestBody(IReadOnlyList<ReadOnlyMemory<byte>> pieces, IReadOnlyList<InlineImage> images, Action onSent)
        : base(onSent)
    {
        _pieces = pieces;
        _images = [.. images.Select(image => (image, ReadOrThrow(image, () => image.Content.Length)))];
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override ReadOnlyMemory<byte> FinalBytes => _pieces[^1];

    protected override async Task WriteBodyAsync(Stream stream, CancellationToken cancellationToken)
    {
        foreach (var (index, (image, length)) in _images.Index())
        {
            await stream.WriteAsync(_pieces[index], cancellationToken);
            await WriteImageAsync(stream, image, length, cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _pieces.Sum(piece => (long)piece.Length) + _images.Sum(image => (image.Length + 2) / 3 * 4);
        return true;
    }

    private static async Task WriteImageAsync(Stream stream, InlineImage image, long length, CancellationToken cancellationToken)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(BufferSize);
        var text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(BufferSize));
        try
        {
            await using var content = ReadOrThrow(image, image.Content.OpenRead);
            while (await ReadAsync(content, image, bytes, cancellationToken) is > 0 and var read)
            {
                // More or fewer bytes than announced are another file than the one that was prepared.
                length = read <= length ? length - read : throw new UnreadableInputException(image.Argument);
                Base64.EncodeToUtf8(bytes.AsSpan(0, read), text, out _, out var written);
                await stream.WriteAsync(text.AsMemory(0, written), cancellationToken);
            }

            if (length > 0)
            {
                throw new UnreadableInputException(image.Argument);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static async ValueTask<int> ReadAsync(Stream content, InlineImage image, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(image.Argument, e);
        }
    }

    private static T ReadOrThrow<T>(InlineImage image, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(image.Argument, e);
        }
    }
}
