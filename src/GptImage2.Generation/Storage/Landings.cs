using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage;

/// <summary>The places that a picture may arrive at, and why some pictures are not where they belong.</summary>
internal sealed class Landings(StoreFolder store, TemporaryFolders temporary, MemoryShelf memory, ILogger logger)
{
    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    /// <summary>The store's root.</summary>
    public string Root => store.Root;

    public Landing Open(Place place, FileNames names) => place switch
    {
        Place.Store => new FileLanding(store.Day(names.Day), names, logger),
        Place.Temporary => OpenTemporary(names),
        Place.Memory => new MemoryLanding(memory, names),
        _ => throw new UnreachableException(),
    };

    public void Explain(StoredFile file, Exception failure) => _reasons[file.Path] = StoreFailures.NotInStore(failure, store.Root);

    /// <returns>A sentence or two with what to do, or null where this process has not put it there.</returns>
    public string? Reason(StoredFile file) => _reasons.GetValueOrDefault(file.Path);

    private FileLanding OpenTemporary(FileNames names)
    {
        var folder = temporary.Make();
        try
        {
            return new FileLanding(folder, names, logger);
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            folder.Abandon();
            throw;
        }
    }
}
