using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Cast;

/// <summary>Every caller's cast: entries of his own below the store's root, and those of the project folders, which all callers share.</summary>
public sealed partial class CastStore(StorageOptions storage, CastOptions options, TimeProvider clock, ILogger<CastStore> logger)
{
    /// <summary>Below the store's root, beside the folders of the days.</summary>
    public const string FolderName = "cast";

    /// <summary>Below it, for callers who are not the user of this machine.</summary>
    private const string OwnersFolder = ".owners";

    private readonly ConcurrentDictionary<string, CastFolder> _own = new(StringComparer.Ordinal);
    private readonly CastFolder[] _shared = [.. options.Folders.Select(folder => new CastFolder(folder))];

    /// <returns>The entry of that name, in whatever case, or null.</returns>
    /// <exception cref="ImageException">Its file cannot be read.</exception>
    public Task<CastEntry?> FindAsync(string owner, string name, CancellationToken cancellationToken) => Task.Run(() => Find(owner, name)?.Entry, cancellationToken);

    /// <summary>All entries that the caller can mention, in the order of their names. What cannot be read is left out, and logged.</summary>
    public Task<IReadOnlyList<CastEntry>> ListAsync(string owner, CancellationToken cancellationToken) => Task.Run<IReadOnlyList<CastEntry>>(
        () =>
        [
            .. GetFolders(owner)
                .SelectMany(folder => folder.List(LogSkipped))
                .DistinctBy(entry => entry.Key)
                .Select(entry => entry.Entry)
                .OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase),
        ],
        cancellationToken);

    /// <summary>Opens an image of an entry.</summary>
    /// <param name="part">The image's file, or a variant whose first image is meant; null for the first of all.</param>
    /// <exception cref="ImageException">There is no such entry, it has no such image, or that is gone.</exception>
    public async Task<EncodedImage> OpenAsync(string owner, string name, string? part, CancellationToken cancellationToken)
    {
        if (await Task.Run(() => Find(owner, name), cancellationToken) is not { Folder: var folder, Key: var key, Entry: var entry })
        {
            throw CastErrors.NotFound(name, EditDistance.FindNear(name, [.. (await ListAsync(owner, cancellationToken)).Select(other => other.Name)]));
        }

        var image = part is null ? entry.FirstImage : entry.AllImages.FirstOrDefault(image => image.File == part) ?? (entry.FindVariant(part) is { Images: [var shown, ..] } ? shown : null);
        return image is null ? throw CastErrors.NoImage(entry, part)
            : TryOpen(folder, key, image.File) is { } opened ? EncodedImage.FromHandle(opened)
            : throw CastErrors.ImageGone(entry.Name, image.File);
    }

    private static SafeFileHandle? TryOpen(CastFolder folder, string key, string file)
    {
        try
        {
            return folder.OpenImage(key, file);
        }
        catch (Exception unreadable) when (StorageErrors.IsStorageException(unreadable))
        {
            return null;
        }
    }

    /// <summary>Changes the caller's own entry, or creates it; one change at a time, also among processes.</summary>
    /// <param name="change">Makes the new entry of the old one (null where there is none), and names the files of its images that are to be copied.</param>
    /// <returns>The entry as it is now.</returns>
    /// <exception cref="ImageException">It cannot be written; nothing has changed.</exception>
    public async Task<CastEntry> SaveAsync(string owner, string name, Func<CastEntry?, (CastEntry Entry, IReadOnlyList<(string File, EncodedImage Image)> Files)> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var (folder, key) = (GetOwnFolder(owner), CastName.ToKey(name));
        using var turn = await CastTurn.TakeAsync(folder.Path, clock, cancellationToken);

        // An entry of a project is changed for the caller alone, by a copy of it.
        var before = Find(owner, name);
        var (entry, files) = change(before?.Entry);
        var saved = entry with { Version = (before?.Entry.Version ?? 0) + 1, Changed = clock.GetUtcNow() };
        Func<string, SafeFileHandle?>? inherited = before is { Folder: var from, Key: var fromKey } && from != folder ? file => from.OpenImage(fromKey, file) : null;
        await Task.Run(() => CastWriter.Write(folder.GetEntryFolder(key), saved, before?.Entry, files, inherited), cancellationToken);
        folder.Forget(key);
        return folder.Find(key)!;
    }

    /// <summary>Takes the caller's own entry away. Its folder is kept among the deleted ones, because its images may be nowhere else.</summary>
    /// <returns>Where it is now; null where the caller has no such entry of his own.</returns>
    /// <exception cref="ImageException">It cannot be moved; nothing has changed.</exception>
    public async Task<string?> DeleteAsync(string owner, string name, CancellationToken cancellationToken)
    {
        var (folder, key) = (GetOwnFolder(owner), CastName.ToKey(name));
        if (folder.Find(key) is not { } entry)
        {
            return null;
        }

        using var turn = await CastTurn.TakeAsync(folder.Path, clock, cancellationToken);
        return CastWriter.MoveAway(folder, key, entry, clock.GetUtcNow());
    }

    private (CastFolder Folder, string Key, CastEntry Entry)? Find(string owner, string name)
    {
        // Whatever else was typed names no folder of ours, and must not lead to another.
        if (!CastName.IsValid(name))
        {
            return null;
        }

        var key = CastName.ToKey(name);
        return GetFolders(owner).Select(folder => (folder, key, Entry: folder.Find(key))).Where(found => found.Entry is not null).Select(found => ((CastFolder, string, CastEntry)?)(found.folder, key, found.Entry!)).FirstOrDefault();
    }

    private IEnumerable<CastFolder> GetFolders(string owner) => [GetOwnFolder(owner), .. _shared];

    /// <summary>An owner's name may hold what no file name can, and is nobody else's business.</summary>
    private CastFolder GetOwnFolder(string owner) => _own.GetOrAdd(owner, name => new CastFolder(name == Caller.Local.Owner
        ? Path.Combine(storage.Root, FolderName)
        : Path.Combine(storage.Root, FolderName, OwnersFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32])));

    [LoggerMessage(LogLevel.Warning, "An entry of the cast is left out: {Reason}")]
    private partial void LogSkipped(string reason);
}
