using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage.Local;

/// <summary>The places that a picture may arrive at, and why some pictures are not where they belong.</summary>
internal sealed class Spool(StoreRoot store, TemporaryFolders temporary, InMemoryImages memory, ILogger logger)
{
    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    /// <summary>The store's root.</summary>
    public string Root => store.Root;

    public SpoolFile Open(StorageLocation place, ImageFileNaming names) => place switch
    {
        StorageLocation.Store => new DiskSpoolFile(store.GetDayFolder(names.DayFolder), names, logger),
        StorageLocation.Temporary => OpenTemporary(names),
        StorageLocation.Memory => new MemorySpoolFile(memory, names),
        _ => throw new UnreachableException(),
    };

    public void AddRelocationReason(StoredFile file, Exception failure) => _reasons[file.Path] = StorageErrors.DescribeRelocation(failure, store.Root);

    /// <returns>A sentence or two with what to do, or null where this process has not put it there.</returns>
    public string? GetRelocationReason(StoredFile file) => _reasons.GetValueOrDefault(file.Path);

    private DiskSpoolFile OpenTemporary(ImageFileNaming names)
    {
        var folder = temporary.CreateFolder();
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
