using System.Collections.Concurrent;

namespace GptImage2.Generation.Storage;

/// <summary>Pictures that no disk took, until this process ends.</summary>
internal sealed class MemoryShelf
{
    /// <summary>For all of them together, in bytes.</summary>
    private const long Limit = 64 << 20;

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _pictures = new(StringComparer.Ordinal);
    private long _taken;

    /// <exception cref="IOException">There is no room left.</exception>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > Limit)
        {
            Free(bytes);
            throw new IOException("Too many pictures are held in memory already.");
        }
    }

    public void Free(long bytes) => Interlocked.Add(ref _taken, -bytes);

    /// <returns>The path by which records know it.</returns>
    public string Keep(string id, ReadOnlyMemory<byte> bytes)
    {
        var path = StoredFile.InMemory + id;
        _pictures[path] = bytes;
        return path;
    }

    /// <exception cref="Failures.ImageException">Another process held it, or an earlier one.</exception>
    public ReadOnlyMemory<byte> Find(string path) =>
        _pictures.TryGetValue(path, out var bytes) ? bytes : throw StoreFailures.Forgotten();
}
