using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Downloads;

/// <summary>Reads an image's bytes up to a limit, and only if they begin like an image's, whatever their declared type.</summary>
internal sealed class RemoteImageReader(DownloadOptions options, Uri address)
{
    private const int BufferSize = 64 << 10;

    /// <summary>Enough to tell every format.</summary>
    private const int SignatureLength = 64;

    /// <exception cref="ImageException">No image, too large, or broken off.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > options.MaxBytes)
        {
            throw DownloadErrors.TooLarge(address, options.MaxBytes);
        }

        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await ReadAsync(body, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw DownloadErrors.ConnectionLost(address, broken);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var head = new byte[SignatureLength];
        var length = await body.ReadAtLeastAsync(head, SignatureLength, throwOnEndOfStream: false, cancellationToken);
        if (FormatSniffer.Detect(head.AsSpan(0, length)) is null)
        {
            throw DownloadErrors.NotAnImage(address, FormatSniffer.Describe(head.AsSpan(0, length)));
        }

        var content = new MemoryStream();
        content.Write(head, 0, length);
        var buffer = new byte[BufferSize];
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > options.MaxBytes)
            {
                throw DownloadErrors.TooLarge(address, options.MaxBytes);
            }
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
