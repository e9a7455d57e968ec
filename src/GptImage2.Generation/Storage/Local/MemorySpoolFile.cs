using System.Buffers;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage.Local;

/// <summary>The last resort: the bytes in memory, within what all such pictures may take.</summary>
internal sealed class MemorySpoolFile(InMemoryImages shelf, ImageFileNaming names) : SpoolFile
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public override void Write(ReadOnlySpan<byte> bytes, long at)
    {
        shelf.Reserve(bytes.Length);
        _bytes.Write(bytes);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long at, CancellationToken cancellationToken)
    {
        Write(bytes.Span, at);
        return ValueTask.CompletedTask;
    }

    public override int Read(Span<byte> buffer, long at)
    {
        var rest = _bytes.WrittenSpan[(int)at..];
        var length = Math.Min(rest.Length, buffer.Length);
        rest[..length].CopyTo(buffer);
        return length;
    }

    public override void FlushToDisk()
    {
    }

    public override StoredFile Commit(long length, string sha256)
    {
        var bytes = _bytes.WrittenSpan.ToArray();
        try
        {
            var header = ImageHeader.Read(EncodedImage.FromMemory(bytes));
            return new StoredFile(shelf.Add(names.Id, bytes), header.Format, header.Size, header.HasAlpha, length, sha256);
        }
        catch (Exception exception) when (exception is UnreadableImageException or ImagingUnavailableException)
        {
            throw StorageErrors.NotAnImage(exception, aside: null);
        }
    }

    public override string Detach() => StoredFile.InMemory + names.Id;

    public override void Delete() => shelf.Release(_bytes.WrittenCount);
}
