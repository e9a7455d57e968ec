namespace GptImage2.Generation.Storage;

/// <summary>Where images and the catalog are.</summary>
public sealed record StorageOptions
{
    /// <summary>Absolute folder of all images.</summary>
    public required string Root { get; init; }

    /// <summary>Absolute folder of the catalog. Apart from the root by default, because image folders are often synced.</summary>
    public required string CatalogFolder { get; init; }

    /// <summary>Absolute folder in which images are stored when the root is not writable.</summary>
    public string Temporary { get; init; } = Path.GetTempPath();

    /// <summary>Where a user puts images for an agent to find by name.</summary>
    public string Inbox => Path.Combine(Root, "inbox");

    /// <summary>The text with placeholders for these folders, for callers who may not see paths of this machine.</summary>
    public string HidePaths(string text) => new[] { (Root, "(store)"), (CatalogFolder, "(catalog)"), (Temporary, "(temporary)") }
        .Select(folder => (Path: Path.TrimEndingDirectorySeparator(folder.Item1), Name: folder.Item2))
        .Where(folder => folder.Path.Length > 1)
        .OrderByDescending(folder => folder.Path.Length)
        .Aggregate(text, (shown, folder) => shown.Replace(folder.Path, folder.Name, StringComparison.Ordinal));
}
