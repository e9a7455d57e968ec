namespace GptImage2.Generation.Storage;

/// <summary>Where an image's bytes are; the best place first.</summary>
public enum StorageLocation
{
    /// <summary>In the store, where they belong.</summary>
    Store,

    /// <summary>In a folder of the system's temporary one, because the store was not writable.</summary>
    Temporary,

    /// <summary>In this process alone, because no disk was writable: readable until it ends.</summary>
    Memory,
}
