using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Inputs;

/// <summary>The folder where a user puts pictures for an agent to find by name.</summary>
public sealed class Inbox(StorageOptions storage)
{
    private const int MaxNames = 50;

    /// <summary>Somebody who types does not wait for a folder of a hundred thousand files.</summary>
    private const int MaxScanned = 1000;

    private static readonly string[] ImageExtensions = [".png", ".jpg", ".jpeg", ".jpe", ".webp", ".gif", ".avif", ".heic", ".heif", ".tif", ".tiff"];

    public string Folder => storage.Inbox;

    /// <summary>File names, newest first; none when the folder does not exist.</summary>
    public IReadOnlyList<string> ListFileNames()
    {
        var folder = new DirectoryInfo(Folder);
        return folder.Exists
            ? [.. folder.EnumerateFiles().Where(file => file.Name[0] != '.').OrderByDescending(file => file.LastWriteTimeUtc).Take(MaxNames).Select(file => file.Name)]
            : [];
    }

    /// <summary>Names of files that are pictures by their extension, newest first, among the first thousand files of the folder. Nothing is opened.</summary>
    public IReadOnlyList<string> ListImageFileNames()
    {
        var folder = new DirectoryInfo(Folder);
        return folder.Exists
            ? [.. folder.EnumerateFiles("*", new EnumerationOptions()).Take(MaxScanned).Where(IsImage).OrderByDescending(file => file.LastWriteTimeUtc).Select(file => file.Name)]
            : [];
    }

    private static bool IsImage(FileInfo file) => ImageExtensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase);
}
