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
        _parts = [.. parts.Select(part => (part, part.BuildHeader(boundary), ReadLength(part)))];
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
            await (part switch
            {
                MultipartFormPart.File file => WriteFileAsync(stream, file, length, cancellationToken),
                MultipartFormPart.Text text => stream.WriteAsync(text.Utf8, cancellationToken).AsTask(),
                _ => Task.CompletedTask,
            });
            await stream.WriteAsync(NewLine, cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = FinalBytes.Length + _parts.Sum(part => part.Header.Length + part.Length + NewLine.Length);
        return true;
    }

    private static long ReadLength(MultipartFormPart part) => part switch
    {
        MultipartFormPart.File file => OpenOrThrow(file, () => file.Content.Length),
        MultipartFormPart.Text text => text.Utf8.Length,
        _ => 0,
    };

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

    /// <summary>More or fewer bytes than announced are another file than the one that was prepared.</summary>
    private static void ThrowIfLengthDiffers(bool asAnnounced, MultipartFormPart.File file)
    {
        if (!asAnnounced)
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

/// <summary>One part of a form: a text, or a file that is read only while it is sent. Names are ours and need no escaping.</summary>
internal abstract record MultipartFormPart
{
    private MultipartFormPart(string name) => Name = name;

    public string Name { get; }

    protected abstract string HeaderSuffix { get; }

    /// <summary>What precedes the content: the delimiter and the headers. Names are quoted, because some services read no others.</summary>
    public ReadOnlyMemory<byte> BuildHeader(string boundary) =>
        Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"{Name}\"{HeaderSuffix}\r\n\r\n");

    public sealed record Text(string Name, string Value) : MultipartFormPart(Name)
    {
        public ReadOnlyMemory<byte> Utf8 { get; } = Encoding.UTF8.GetBytes(Value);

        protected override string HeaderSuffix => "";
    }

    /// <param name="Argument">The tool's argument that it comes from.</param>
    public sealed record File(string Name, string FileName, string MediaType, EncodedImage Content, string Argument) : MultipartFormPart(Name)
    {
        protected override string HeaderSuffix => $"; filename=\"{FileName}\"\r\nContent-Type: {MediaType}";
    }
}
