namespace GptImage2.Generation.Inputs;

/// <summary>The image files of a project, as far as a glance into its folders shows them. Nothing is opened.</summary>
internal static class NearbyFiles
{
    private const int MaxDepth = 4;

    /// <summary>A refusal must not wait for a folder of a hundred thousand files.</summary>
    private const int MaxEntries = 10_000;

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".heic", ".tif", ".tiff"];

    private static readonly EnumerationOptions Visible = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private static readonly string[] SkippedFolders = ["node_modules", "bin", "obj", "artifacts", "dist", "target", "vendor", "__pycache__"];

    /// <summary>Absolute paths, those of the first folders first. Links and hidden folders are not followed.</summary>
    public static IEnumerable<string> Enumerate(IEnumerable<string> folders)
    {
        var left = MaxEntries;
        var waiting = new Queue<(string Folder, int Depth)>(folders.Distinct(StringComparer.Ordinal).Select(folder => (folder, 0)));
        while (left > 0 && waiting.TryDequeue(out var next))
        {
            var entries = List(next.Folder, left);
            left -= entries.Length;
            foreach (var entry in entries)
            {
                if (entry is FileInfo && Extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                {
                    yield return entry.FullName;
                }
                else if (entry is DirectoryInfo && next.Depth < MaxDepth && !SkippedFolders.Contains(entry.Name, StringComparer.OrdinalIgnoreCase))
                {
                    waiting.Enqueue((entry.FullName, next.Depth + 1));
                }
            }
        }
    }

    /// <summary>Everything at once, and nothing of a folder that is gone by now.</summary>
    private static FileSystemInfo[] List(string folder, int most)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Visible).Take(most)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Its names were only to be suggested.
            return [];
        }
    }
}
