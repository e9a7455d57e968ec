namespace GptImage2.Generation.Storage.Local;

/// <summary>The store's root, and nothing outside it.</summary>
internal sealed class StoreRoot(string root)
{
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <exception cref="ImageException">The path leads out of the root.</exception>
    public string GetAbsolutePath(string path)
    {
        // The root of a file system ends in a separator already.
        var inside = Path.EndsInDirectorySeparator(Root) ? Root : Root + Path.DirectorySeparatorChar;
        var absolute = path.Contains('\0') ? "" : Path.GetFullPath(Path.Combine(Root, path));
        return absolute.StartsWith(inside, StringComparison.Ordinal) && absolute.Length > inside.Length
            ? absolute
            : throw StorageErrors.OutsideStore();
    }

    /// <summary>The folder of one day, which need not exist.</summary>
    public ImageFolder GetDayFolder(string day) => new(GetAbsolutePath(day), day);

    /// <summary>The absolute path, whose folder exists then.</summary>
    public string PreparePath(string path)
    {
        var absolute = GetAbsolutePath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(absolute)!);
        return absolute;
    }
}

/// <summary>A folder of images.</summary>
/// <param name="Day">Its name in the store; null for a folder outside.</param>
internal sealed record ImageFolder(string Absolute, string? Day)
{
    public string GetPath(string name) => Path.Combine(Absolute, name);

    /// <summary>The path by which records know a file of this folder.</summary>
    public string GetStoredPath(string name) => Day is null ? GetPath(name) : $"{Day}/{name}";

    /// <summary>A folder outside the store was created for one image, and is deleted with it.</summary>
    public void DeleteIfTemporary()
    {
        if (Day is null)
        {
            Directory.Delete(Absolute);
        }
    }
}
