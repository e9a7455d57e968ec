using System.Buffers.Binary;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;

namespace GptImage2.Testing.Rendering;

/// <summary>An image on its way into a <see cref="InMemoryRenderSink"/>.</summary>
internal sealed class InMemoryIncomingImage(InMemoryRenderSink sink) : IncomingImage
{
    private readonly MemoryStream _bytes = new();
    private bool _kept;
    private bool _closed;

    protected override Task<StoredImage> StoreAsync()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var encoded = _bytes.ToArray();
        var number = sink.Keep(encoded);
        _kept = true;

        var id = string.Create(CultureInfo.InvariantCulture, $"img_memory{number}");
        var file = new StoredFile($"{id}.png", ImageFormat.Png, SizeOf(encoded), false, encoded.Length, Convert.ToHexStringLower(SHA256.HashData(encoded)));
        return Task.FromResult(new StoredImage(id, file));
    }

    public override void Write(ReadOnlySpan<byte> buffer) => _bytes.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => _bytes.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            sink.Close(_kept);
        }

        base.Dispose(disposing);
    }

    /// <summary>From a PNG's header; anything else counts as one pixel, for the sink judges no images.</summary>
    private static Dimensions SizeOf(ReadOnlySpan<byte> encoded) => encoded.Length > 24 && encoded[1..4].SequenceEqual("PNG"u8)
        ? new(BinaryPrimitives.ReadInt32BigEndian(encoded[16..]), BinaryPrimitives.ReadInt32BigEndian(encoded[20..]))
        : new(1, 1);
}
