namespace GptImage2.Generation.References;

/// <summary>Where a path leads once every link on its way is followed.</summary>
public static class RealPath
{
    /// <summary>More links than any honest path has; a loop ends here.</summary>
    private const int MaxLinks = 40;

    /// <summary>The absolute path without links, or null for what leads nowhere: links in circles, or a text that is no path.</summary>
    public static string? Find(string path)
    {
        try
        {
            return Of(path);
        }
        catch (Exception nowhere) when (nowhere is IOException or ArgumentException)
        {
            // Only the file system knows which texts are paths, and it says so like this.
            return null;
        }
    }

    /// <summary>The absolute path without links. Parts that do not exist are kept as they are.</summary>
    /// <exception cref="IOException">The links go round in circles.</exception>
    public static string Of(string path)
    {
        var links = 0;
        var pending = new Stack<string>(Parts(Path.GetFullPath(path)).Reverse());
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
                throw new IOException("The links of this path go round in circles.");
            }

            var absolute = Path.GetFullPath(Path.Combine(real, target));
            real = Path.GetPathRoot(absolute)!;
            foreach (var again in Parts(absolute).Reverse())
            {
                pending.Push(again);
            }
        }

        return real;
    }

    private static string[] Parts(string absolute) => absolute[Path.GetPathRoot(absolute)!.Length..]
        .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
