namespace GptImage2.Generation.Inputs;

/// <summary>The image files of a project, as far as a glance into its folders shows them. Nothing is opened.</summary>
internal static class NearbyFiles
{
    private const int MaxDepth = 4;

    /// <summary>A refusal must not wait for a folder of a hundred thousand files.</summary>
    private const int MaxEntries = 10_000;

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".heic", ".tif", ".tiff"];

    private static readonly string[] SkippedFolders = ["node_modules", "bin", "obj", "artifacts", "dist", "target", "vendor", "__pycache__"];

    /// <summary>Absolute paths, those of the first folders first. Links and hidden folders are not followed.</summary>
    public static IEnumerable<string> Enumerate(IEnumerable<string> folders)
    {
        var left = MaxEntries;
        var waiting = new Queue<(string Folder, int Depth)>(folders.Distinct(StringComparer.Ordinal).Select(folder => (folder, 0)));
        while (left > 0 && waiting.TryDequeue(out var next))
        {
            foreach (var entry in List(next.Folder))
            {
                if (--left < 0)
                {
                    break;
                }

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

    private static IEnumerable<FileSystemInfo> List(string folder) => new DirectoryInfo(folder) is { Exists: true } existing
        ? existing.EnumerateFileSystemInfos("*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint })
        : [];
}
