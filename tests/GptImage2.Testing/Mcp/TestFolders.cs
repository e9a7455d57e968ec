namespace GptImage2.Testing.Mcp;

/// <summary>A home, a temporary folder, a working folder and a place for a store that nobody else uses. Only the store's place does not exist yet.</summary>
public sealed class TestFolders : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gptimage2-");

    public TestFolders()
    {
        foreach (var folder in (string[])[Home, Temp, Work])
        {
            Directory.CreateDirectory(folder);
        }
    }

    public string Root => _root.FullName;

    public string Home => Path.Combine(Root, "home");

    public string Temp => Path.Combine(Root, "temp");

    public string Work => Path.Combine(Root, "work");

    public string Store => Path.Combine(Root, "store");

    /// <summary>Everything below the root, relative to it.</summary>
    public string[] ListAllFiles() =>
        [.. Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    /// <summary>The finished images of the store, in the order in which they were kept.</summary>
    public string[] ListImages(string extension = "png") => Directory.Exists(Store)
        ? [.. new DirectoryInfo(Store).EnumerateFiles($"*.{extension}", SearchOption.AllDirectories).Where(file => file.Directory!.Name is not ".inputs").OrderBy(file => file.LastWriteTimeUtc).Select(file => file.FullName)]
        : [];

    public void Dispose() => _root.Delete(recursive: true);
}
