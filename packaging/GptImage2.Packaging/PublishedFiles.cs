namespace GptImage2.Packaging;

/// <summary>The files of a published server, as archives hold them: equal files make equal archives, on whatever system they are made.</summary>
internal static class PublishedFiles
{
    public const UnixFileMode Ordinary = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable = Ordinary | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The first moment that a ZIP file can tell.</summary>
    public static DateTimeOffset Timeless { get; } = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="folder">Where it was published to.</param>
    /// <returns>In the order of their names, which are paths in the folder with forward slashes.</returns>
    public static IEnumerable<(string Name, string Source, UnixFileMode Mode)> Find(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(source => (Name: Path.GetRelativePath(folder, source).Replace('\\', '/'), Source: source))
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .Select(file => (file.Name, file.Source, IsExecutable(file.Name) ? Executable : Ordinary));

    /// <summary>By its name, because what is for Unix may be packed on Windows: programs have no extension and lie beside each other.</summary>
    private static bool IsExecutable(string name) => name.StartsWith("gptimage2-mcp", StringComparison.Ordinal) && Path.GetExtension(name) is "" or ".exe";
}
