using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage.Local;

/// <summary>Images for which no disk was writable, until this process ends.</summary>
internal sealed class InMemoryImages
{
    /// <summary>For all of them together, in bytes.</summary>
    private const long MaxBytes = 64 << 20;

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _images = new(StringComparer.Ordinal);
    private long _reserved;

    /// <exception cref="IOException">The limit is reached.</exception>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _reserved, bytes) > MaxBytes)
        {
            Release(bytes);
            throw new IOException("Too many images are held in memory already.");
        }
    }

    public void Release(long bytes) => Interlocked.Add(ref _reserved, -bytes);

    /// <returns>The path by which records know it.</returns>
    public string Add(string id, ReadOnlyMemory<byte> bytes)
    {
        var path = StoredFile.InMemory + id;
        _images[path] = bytes;
        return path;
    }

    /// <exception cref="ImageException">It was in another process, or an earlier one.</exception>
    public ReadOnlyMemory<byte> Find(string path) =>
        _images.TryGetValue(path, out var bytes) ? bytes : throw StorageErrors.InMemoryImageLost();
}

/// <summary>The last resort: the bytes in memory, within a limit for all such images.</summary>
internal sealed class MemorySpoolFile(InMemoryImages images, ImageFileNaming names) : SpoolFile
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public override void Write(ReadOnlySpan<byte> bytes, long at)
    {
        images.Reserve(bytes.Length);
        _bytes.Write(bytes);
    }

    public override StoredFile Commit(long length, string sha256)
    {
        var bytes = _bytes.WrittenSpan.ToArray();
        try
        {
            var header = ImageHeader.Read(EncodedImage.FromMemory(bytes));
            return new StoredFile(images.Add(names.Id, bytes), header.Format, header.Size, header.HasAlpha, length, sha256);
        }
        catch (Exception exception) when (exception is UnreadableImageException or ImagingUnavailableException)
        {
            throw StorageErrors.NotAnImage(exception, quarantine: null);
        }
    }

    public override string Detach() => StoredFile.InMemory + names.Id;

    public override void Delete() => images.Release(_bytes.WrittenCount);
}
