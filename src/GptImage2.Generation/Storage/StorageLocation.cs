namespace GptImage2.Generation.Storage;

/// <summary>Where a picture's bytes lie; the best place first.</summary>
public enum StorageLocation
{
    /// <summary>In the store, where they belong.</summary>
    Store,

    /// <summary>In a folder of the system's temporary one, because the store did not take them.</summary>
    Temporary,

    /// <summary>In this process alone, because no disk took them: readable until it ends.</summary>
    Memory,
}
