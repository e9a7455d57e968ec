namespace GptImage2.Generation.Inputs.Sources;

/// <summary>Where the image named by an argument comes from. Closed: these are all the cases there are.</summary>
public abstract record ImageSource
{
    private ImageSource()
    {
    }

    /// <summary>An image of the store, by its id.</summary>
    public sealed record Stored(string Id) : ImageSource;

    /// <summary>A file of this machine, by a path that has not been checked yet.</summary>
    public sealed record LocalFile(string Path) : ImageSource;

    /// <summary>A file's name without a folder, such as the store gives: a file of this machine, or else the stored image of that id.</summary>
    public sealed record FileName(string Name, string Id) : ImageSource;

    /// <summary>An image of the internet, by an https address that has not been checked yet.</summary>
    public sealed record Remote(Uri Address) : ImageSource;

    /// <summary>An image of an entry of the cast.</summary>
    /// <param name="Part">Its file, or a variant; null for the first image.</param>
    public sealed record CastImage(string Name, string? Part) : ImageSource;

    /// <summary>The bytes themselves.</summary>
    public sealed record Inline(ReadOnlyMemory<byte> Bytes) : ImageSource;

    /// <summary>Something recognised that cannot be read; the text says what to give instead.</summary>
    public sealed record Unusable(string Expected) : ImageSource;
}
