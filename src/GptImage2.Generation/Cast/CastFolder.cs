using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Cast;

/// <summary>
/// Entries in a folder, each a folder of its own with a readable file and its images. The files are all there is, so that a folder can be
/// copied, edited by hand and committed; what was read is kept until a file changes.
/// </summary>
internal sealed class CastFolder(string path)
{
    public const string FileName = "cast.json";

    private readonly ConcurrentDictionary<string, (DateTime Written, long Length, CastEntry Entry)> _read = new(StringComparer.Ordinal);

    public string Path => path;

    public string GetEntryFolder(string key) => System.IO.Path.Combine(path, key);

    /// <returns>Null where there is none.</returns>
    /// <exception cref="ImageException">Its file cannot be read.</exception>
    public CastEntry? Find(string key)
    {
        var file = new FileInfo(System.IO.Path.Combine(GetEntryFolder(key), FileName));
        if (!file.Exists)
        {
            _read.TryRemove(key, out _);
            return null;
        }

        if (_read.TryGetValue(key, out var known) && known.Written == file.LastWriteTimeUtc && known.Length == file.Length)
        {
            return known.Entry;
        }

        var entry = Read(file);
        _read[key] = (file.LastWriteTimeUtc, file.Length, entry);
        return entry;
    }

    /// <summary>A file that was just written may be of the same moment and length as the one before.</summary>
    public void Forget(string key) => _read.TryRemove(key, out _);

    /// <returns>
    /// An image, open for reading, which the caller owns; null where it is gone, is no ordinary file, or only a link: what a project has committed
    /// must not lead to the user's other files.
    /// </returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public SafeFileHandle? OpenImage(string key, string file)
    {
        var folder = new DirectoryInfo(GetEntryFolder(key));
        var image = new FileInfo(System.IO.Path.Combine(folder.FullName, file));
        return image.LinkTarget is null && folder.LinkTarget is null ? CastFile.OpenOrdinary(image.FullName) : null;
    }

    /// <summary>Every entry by its key, in the order of their names.</summary>
    /// <param name="skipped">Receives why an entry cannot be read.</param>
    public IEnumerable<(string Key, CastEntry Entry)> List(Action<string> skipped)
    {
        if (!Directory.Exists(path))
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories(path).Select(folder => System.IO.Path.GetFileName(folder)).Where(name => name is not ['.', ..]).Order(StringComparer.Ordinal))
        {
            if (TryFind(folder, skipped) is { } entry)
            {
                yield return (folder, entry);
            }
        }
    }

    private CastEntry? TryFind(string key, Action<string> skipped)
    {
        try
        {
            return Find(key);
        }
        catch (ImageException unreadable)
        {
            skipped(unreadable.Message);
            return null;
        }
    }

    private static CastEntry Read(FileInfo file)
    {
        try
        {
            using var opened = CastFile.OpenOrdinary(file.FullName) ?? throw new JsonException("it is empty, or no ordinary file");
            using var stream = new FileStream(opened, FileAccess.Read);
            var entry = WithDefaults(JsonSerializer.Deserialize(stream, CastJsonContext.Readable.CastEntry) ?? throw new JsonException("it is empty"));
            return IsComplete(entry) ? entry with { File = file.FullName } : throw new JsonException("a name is not one word, an image has role base, or its file is in another folder");
        }
        catch (Exception broken) when (broken is JsonException || StorageErrors.IsStorageException(broken))
        {
            throw CastErrors.Unreadable(file.FullName, broken);
        }
    }

    /// <summary>What a person who writes a file leaves out is null here, whatever the record says.</summary>
    private static CastEntry WithDefaults(CastEntry entry) => entry with
    {
        Version = Math.Max(1, entry.Version),
        Images = (IReadOnlyList<CastImage>?)entry.Images ?? [],
        Variants = [.. ((IReadOnlyList<CastVariant>?)entry.Variants ?? []).Select(variant => variant with { Images = (IReadOnlyList<CastImage>?)variant.Images ?? [] })],
    };

    /// <summary>A file that somebody else has written must not lead out of its folder.</summary>
    private static bool IsComplete(CastEntry entry) =>
        CastName.IsValid(entry.Name)
        && entry.Variants.All(variant => CastName.IsValid(variant.Name))
        && entry.AllImages.All(image => image.File == System.IO.Path.GetFileName(image.File) && image.File is not ("" or "." or "..") && image.Role is not ReferenceRole.Base);
}
