using System.Collections.Concurrent;
using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Storage.Local;

/// <summary>Pictures that no disk took, until this process ends.</summary>
internal sealed class InMemoryImages
{
    /// <summary>For all of them together, in bytes.</summary>
    private const long MaxBytes = 64 << 20;

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _images = new(StringComparer.Ordinal);
    private long _reserved;

    /// <exception cref="IOException">There is no room left.</exception>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _reserved, bytes) > MaxBytes)
        {
            Release(bytes);
            throw new IOException("Too many pictures are held in memory already.");
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

    /// <exception cref="ImageException">Another process held it, or an earlier one.</exception>
    public ReadOnlyMemory<byte> Find(string path) =>
        _images.TryGetValue(path, out var bytes) ? bytes : throw StorageErrors.InMemoryImageLost();
}
