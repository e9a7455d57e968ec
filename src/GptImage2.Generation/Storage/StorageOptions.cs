namespace GptImage2.Generation.Storage;

/// <summary>Where pictures and the catalog lie.</summary>
public sealed record StorageOptions
{
    /// <summary>Absolute folder of all pictures.</summary>
    public required string Root { get; init; }

    /// <summary>Absolute folder of the catalog. Apart from the root by default, because picture folders are often synced.</summary>
    public required string CatalogFolder { get; init; }

    /// <summary>Absolute folder below which a picture finds a place when the store takes none.</summary>
    public string Temporary { get; init; } = Path.GetTempPath();

    /// <summary>Where a user puts pictures for an agent to find by name.</summary>
    public string Inbox => Path.Combine(Root, "inbox");
}
