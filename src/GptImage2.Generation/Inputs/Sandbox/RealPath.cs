namespace GptImage2.Generation.Inputs.Sandbox;

/// <summary>Where a path leads once every link on its way is followed.</summary>
public static class RealPath
{
    /// <summary>More links than any honest path has; a loop ends here.</summary>
    private const int MaxLinks = 40;

    /// <summary>Windows and macOS treat names that differ in case as the same.</summary>
    private static StringComparison Comparison => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>By which two absolute paths without links are the same.</summary>
    internal static StringComparer Comparer => StringComparer.FromComparison(Comparison);

    /// <summary>The absolute path without links, or null where its links form a loop, or it is no path. Parts that do not exist stay as they are.</summary>
    public static string? Resolve(string path)
    {
        if (path is "" || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var links = 0;
        var pending = new Stack<string>(SplitSegments(Path.GetFullPath(path)).Reverse());
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;

        while (pending.TryPop(out var part))
        {
            var next = Path.GetFullPath(Path.Combine(real, part));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            var absolute = Path.GetFullPath(Path.Combine(real, target));
            real = Path.GetPathRoot(absolute)!;
            foreach (var segment in SplitSegments(absolute).Reverse())
            {
                pending.Push(segment);
            }
        }

        return real;
    }

    /// <summary>Whether two absolute paths without links are the same, by name.</summary>
    internal static bool AreEqual(string a, string b) => string.Equals(a, b, Comparison);

    /// <summary>Whether the path is below the folder, by name. Both are absolute and without links.</summary>
    public static bool IsBelow(string path, string folder) => IsBelow(path, folder, Comparison, Path.DirectorySeparatorChar);

    /// <summary>Whether the path is the folder or below it, by name. Both are absolute and without links.</summary>
    public static bool IsAtOrBelow(string path, string folder) => IsBelow(path.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, folder);

    /// <summary>By the rules of any operating system.</summary>
    internal static bool IsBelow(string path, string folder, StringComparison comparison, char separator) =>
        path.StartsWith(folder.TrimEnd(separator) + separator, comparison);

    private static string[] SplitSegments(string absolute) => absolute[Path.GetPathRoot(absolute)!.Length..]
        .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
