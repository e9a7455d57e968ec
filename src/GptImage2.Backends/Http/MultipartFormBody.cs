using System.Net.Http.Headers;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Http;

/// <summary>
/// A request as multipart/form-data (RFC 7578). The framework's own content reports neither whether the closing boundary
/// has left, which decides whether a request can have been billed, nor a file that changed while it was sent. Files pass
/// through one buffer, so that sixteen of 50 MB need no memory; the length is sent first, because proxies reject a body without one.
/// </summary>
internal sealed class MultipartFormBody : TrackedRequestBody
{
    private const int BufferSize = 64 * 1024;
    private static readonly byte[] NewLine = "\r\n"u8.ToArray();

    private readonly IReadOnlyList<(MultipartFormPart Part, ReadOnlyMemory<byte> Header, long Length)> _parts;

    /// <param name="boundary">Occurs nowhere in the parts; see <see cref="NewBoundary"/>.</param>
    /// <exception cref="UnreadableInputException">A file is gone already.</exception>
    public MultipartFormBody(IReadOnlyList<MultipartFormPart> parts, string boundary, Action onSent)
        : base(onSent)
    {
        _parts = [.. parts.Select(part => (part, part.BuildHeader(boundary), ReadOrThrow(part, () => part.Content.Length)))];
        FinalBytes = Encoding.ASCII.GetBytes($"--{boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
    }

    protected override ReadOnlyMemory<byte> FinalBytes { get; }

    /// <summary>Too random to occur in any content, whatever a prompt says.</summary>
    public static string NewBoundary() => $"gptimage2-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    protected override async Task WriteBodyAsync(Stream stream, CancellationToken cancellationToken)
    {
        foreach (var (part, header, length) in _parts)
        {
            await stream.WriteAsync(header, cancellationToken);
            await WriteContentAsync(stream, part, length, cancellationToken);
            await stream.WriteAsync(NewLine, cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = FinalBytes.Length + _parts.Sum(part => part.Header.Length + part.Length + NewLine.Length);
        return true;
    }

    private static async Task WriteContentAsync(Stream stream, MultipartFormPart part, long length, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var content = ReadOrThrow(part, part.Content.OpenRead);
            while (await ReadAsync(content, part, buffer, cancellationToken) is > 0 and var read)
            {
                // More or fewer bytes than announced are another file than the one that was prepared.
                length = read <= length ? length - read : throw new UnreadableInputException(part.Argument);
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            if (length > 0)
            {
                throw new UnreadableInputException(part.Argument);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<int> ReadAsync(Stream content, MultipartFormPart part, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(part.Argument, e);
        }
    }

    private static T ReadOrThrow<T>(MultipartFormPart part, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableInputException(part.Argument, e);
        }
    }
}

/// <summary>One part of a form: a text, or a file that is read only while it is sent. Names are ours and need no escaping.</summary>
/// <param name="ExtraHeader">What follows the name.</param>
/// <param name="Argument">The tool's argument that it comes from.</param>
internal sealed record MultipartFormPart(string Name, string ExtraHeader, EncodedImage Content, string Argument)
{
    public static MultipartFormPart Text(string name, string value) => new(name, "", EncodedImage.FromMemory(Encoding.UTF8.GetBytes(value)), name);

    public static MultipartFormPart File(string name, string fileName, string mediaType, EncodedImage content, string argument) =>
        new(name, $"; filename=\"{fileName}\"\r\nContent-Type: {mediaType}", content, argument);

    /// <summary>What precedes the content: the delimiter and the headers. Names are quoted, because some services read no others.</summary>
    public ReadOnlyMemory<byte> BuildHeader(string boundary) =>
        Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"{Name}\"{ExtraHeader}\r\n\r\n");
}
