using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Storage;

/// <summary>
/// A picture on its way into the store: write its encoded bytes, then complete it. Only completing keeps it; disposing
/// without completing leaves nothing behind.
/// </summary>
public abstract class IncomingImage : Stream
{
    /// <summary>
    /// Flushes to disk, checks from the header that it is a picture, and gives it its final name. From here on it is
    /// kept, whatever happens; so nothing can cancel it.
    /// </summary>
    /// <exception cref="ImageException">The bytes are no picture, or they could not be written.</exception>
    public abstract Task<StoredImage> CompleteAsync();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>A picture that is whole and safe, in the store or where its file says, with the id it was given.</summary>
public sealed record StoredImage(string Id, StoredFile File);
