using GptImage2.Generation.Storage;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Passes every byte on, and says when the picture has been kept.</summary>
internal sealed class NotifyingIncomingImage(IncomingImage inner, Func<StoredImage, Task> kept) : IncomingImage
{
    public override async Task<StoredImage> CompleteAsync()
    {
        var image = await inner.CompleteAsync();
        await kept(image);
        return image;
    }

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override void Flush() => inner.Flush();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
