using System.Diagnostics;

namespace GptImage2.Generation.Storage.Local;

/// <summary>The places that an image may arrive at, and why some images are not in the store.</summary>
internal sealed class Spool(StorageOptions options, ILogger logger)
{
    private readonly StoreRoot _store = new(options.Root);
    private readonly TemporaryFolders _temporary = new(options);
    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    public string Root => _store.Root;

    public InMemoryImages Memory { get; } = new();

    public SpoolFile Open(StorageLocation location, ImageFileNaming names) => location switch
    {
        StorageLocation.Store => new DiskSpoolFile(_store.GetDayFolder(names.DayFolder), names, logger),
        StorageLocation.Temporary => OpenTemporary(names),
        StorageLocation.Memory => new MemorySpoolFile(Memory, names),
        _ => throw new UnreachableException(),
    };

    public void AddRelocationReason(StoredFile file, Exception failure) => _reasons[file.Path] = StorageErrors.DescribeRelocation(failure, Root);

    /// <returns>A sentence or two with what to do, or null where another process put it there.</returns>
    public string? GetRelocationReason(StoredFile file) => _reasons.GetValueOrDefault(file.Path);

    private DiskSpoolFile OpenTemporary(ImageFileNaming names)
    {
        var folder = _temporary.CreateFolder();
        try
        {
            return new DiskSpoolFile(folder, names, logger);
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            folder.DeleteIfTemporary();
            throw;
        }
    }
}

/// <summary>
/// Receives the bytes of one image, and returns them to be copied elsewhere. All its errors are <see cref="IOException"/>s or
/// <see cref="UnauthorizedAccessException"/>s.
/// </summary>
internal abstract class SpoolFile
{
    private const int PieceSize = 64 << 10;

    public abstract void Write(ReadOnlySpan<byte> bytes, long at);

    public abstract void FlushToDisk();

    /// <summary>Gives the complete file its final name. Then nothing can be written or read here.</summary>
    /// <exception cref="ImageException">It is not an image; its bytes are stored all the same.</exception>
    public abstract StoredFile Commit(long length, string sha256);

    /// <summary>Closes the file and leaves it where it is.</summary>
    /// <returns>Its path.</returns>
    public abstract string Detach();

    public abstract void Delete();

    /// <summary>Writes the first bytes to another, and makes sure that they are what was once written here.</summary>
    public void CopyTo(SpoolFile next, long length, ReadOnlySpan<byte> sha256)
    {
        using var check = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceSize];
        for (var at = 0L; at < length;)
        {
            var read = Read(piece.AsSpan(0, (int)Math.Min(piece.Length, length - at)), at);
            next.Write(read > 0 ? piece.AsSpan(0, read) : throw new EndOfStreamException(), at);
            check.AppendData(piece, 0, read);
            at += read;
        }

        if (!sha256.SequenceEqual(check.GetCurrentHash()))
        {
            throw new IOException("What was written reads back differently.");
        }
    }

    protected abstract int Read(Span<byte> buffer, long at);
}
