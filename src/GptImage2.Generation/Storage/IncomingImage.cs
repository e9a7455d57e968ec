using GptImage2.Generation.Telemetry;

namespace GptImage2.Generation.Storage;

/// <summary>
/// An image on its way into the store: write its encoded bytes, then complete it. Only completing stores it; disposing
/// without completing leaves nothing behind.
/// </summary>
public abstract class IncomingImage : Stream
{
    /// <summary>Awaited once the image is stored.</summary>
    public Func<StoredImage, Task>? OnStored { get; init; }

    /// <summary>
    /// Flushes to disk, checks from the header that it is an image, and gives it its final name. From here on it is stored,
    /// whatever happens; so nothing can cancel it.
    /// </summary>
    /// <exception cref="ImageException">The bytes are not an image, or they could not be written.</exception>
    public async Task<StoredImage> CompleteAsync()
    {
        StoredImage image;
        using (GenerationTelemetry.StartSpan("store image"))
        {
            image = await StoreAsync();
        }

        await (OnStored?.Invoke(image) ?? Task.CompletedTask);
        return image;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: only completing flushes to disk.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc cref="CompleteAsync"/>
    protected abstract Task<StoredImage> StoreAsync();
}

/// <summary>An image that is complete and safe, in the store or where its file says, with its id.</summary>
public sealed record StoredImage(string Id, StoredFile File);
