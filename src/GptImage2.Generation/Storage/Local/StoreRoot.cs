using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Storage.Local;

/// <summary>The root, and nothing outside it.</summary>
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

    public string PreparePath(string path)
    {
        var absolute = GetAbsolutePath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(absolute)!);
        return absolute;
    }
}
