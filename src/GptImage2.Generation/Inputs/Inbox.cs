using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Inputs;

/// <summary>The folder where a user puts images for an agent to find by name.</summary>
public sealed class Inbox(StorageOptions storage)
{
    private const int MaxNames = 50;

    /// <summary>Completions must not wait for a folder of a hundred thousand files.</summary>
    private const int MaxScanned = 1000;

    private static readonly string[] ImageExtensions = [".png", ".jpg", ".jpeg", ".jpe", ".webp", ".gif", ".avif", ".heic", ".heif", ".tif", ".tiff"];

    public string Folder => storage.Inbox;

    /// <summary>File names, newest first; none when the folder does not exist.</summary>
    public IReadOnlyList<string> ListFileNames() => ListFileNames(Folder);

    /// <summary>The same of another folder.</summary>
    public static IReadOnlyList<string> ListFileNames(string folderPath) =>
        [.. EnumerateNewest(folderPath, folder => folder.EnumerateFiles().Where(file => file.Name[0] != '.')).Take(MaxNames)];

    /// <summary>Names of files that are images by their extension, newest first, among the first thousand files of the folder. Nothing is opened.</summary>
    public IReadOnlyList<string> ListImageFileNames() =>
        [.. EnumerateNewest(Folder, folder => folder.EnumerateFiles("*", new EnumerationOptions())
            .Take(MaxScanned)
            .Where(file => ImageExtensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase)))];

    private static IEnumerable<string> EnumerateNewest(string path, Func<DirectoryInfo, IEnumerable<FileInfo>> list) => new DirectoryInfo(path) is { Exists: true } folder
        ? list(folder).OrderByDescending(file => file.LastWriteTimeUtc).Select(file => file.Name)
        : [];
}
