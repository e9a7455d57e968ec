using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace GptImage2.Backends.Http;

/// <summary>
/// A request as multipart/form-data (RFC 7578). Written by hand because the framework's own leaves names unquoted, which
/// some services do not read. Files pass through one buffer, so that sixteen of 50 MB need no memory; their length is
/// told first, because proxies refuse a body without one.
/// </summary>
internal sealed class MultipartFormBody : TrackedRequestBody
{
    private const int BufferSize = 64 * 1024;
    private static readonly byte[] NewLine = "\r\n"u8.ToArray();

    private readonly IReadOnlyList<(MultipartFormPart Part, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Text, long Length)> _parts;

    /// <param name="boundary">Occurs nowhere in the parts; see <see cref="NewBoundary"/>.</param>
    /// <exception cref="UnreadableInputException">A file is gone already.</exception>
    public MultipartFormBody(IReadOnlyList<MultipartFormPart> parts, string boundary, Action left)
        : base(left)
    {
        _parts = [.. parts.Select(part => PreparePart(part, boundary))];
        FinalBytes = Encoding.ASCII.GetBytes($"--{boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
    }

    protected override ReadOnlyMemory<byte> FinalBytes { get; }

    /// <summary>Too random to occur in any content, whatever a prompt says.</summary>
    public static string NewBoundary() => $"gptimage2-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    protected override async Task WriteBodyAsync(Stream stream, CancellationToken cancellationToken)
    {
        foreach (var (part, head, text, length) in _parts)
        {
            await stream.WriteAsync(head, cancellationToken);
            await (part is MultipartFormPart.File file ? WriteFileAsync(stream, file, length, cancellationToken) : stream.WriteAsync(text, cancellationToken).AsTask());
            await stream.WriteAsync(NewLine, cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = FinalBytes.Length + _parts.Sum(part => part.Head.Length + part.Length + NewLine.Length);
        return true;
    }

    private static (MultipartFormPart Part, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Text, long Length) PreparePart(MultipartFormPart part, string boundary)
    {
        var text = part is MultipartFormPart.Text { Value: var value } ? Encoding.UTF8.GetBytes(value) : [];
        return (part, part.BuildHeader(boundary), text, part is MultipartFormPart.File file ? OpenOrThrow(file, () => file.Content.Length) : text.Length);
    }

    private static async Task WriteFileAsync(Stream stream, MultipartFormPart.File file, long length, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var content = OpenOrThrow(file, file.Content.OpenRead);
            while (await ReadFileAsync(content, file, buffer, cancellationToken) is > 0 and var read)
            {
                length -= read;
                ThrowIfLengthDiffers(length >= 0, file);
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            ThrowIfLengthDiffers(length == 0, file);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>More or less than was promised is another file than the one that was looked at.</summary>
    private static void ThrowIfLengthDiffers(bool asPromised, MultipartFormPart.File file)
    {
        if (!asPromised)
        {
            throw new UnreadableInputException(file.Argument);
        }
    }

    private static async ValueTask<int> ReadFileAsync(Stream content, MultipartFormPart.File file, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(file.Argument, e);
        }
    }

    private static T OpenOrThrow<T>(MultipartFormPart.File file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(file.Argument, e);
        }
    }
}
