using GptImage2.Generation.Storage;

namespace GptImage2.Generation.References;

/// <summary>The folder where a user puts pictures for an agent to find by name.</summary>
public sealed class Inbox(StorageOptions storage)
{
    private const int MaxNames = 50;

    public string Folder => storage.Inbox;

    /// <summary>File names, newest first; none when the folder does not exist.</summary>
    public IReadOnlyList<string> Names()
    {
        var folder = new DirectoryInfo(Folder);
        return folder.Exists
            ? [.. folder.EnumerateFiles().Where(file => file.Name[0] != '.').OrderByDescending(file => file.LastWriteTimeUtc).Take(MaxNames).Select(file => file.Name)]
            : [];
    }
}
