namespace GptImage2.Generation.Storage;

/// <summary>An image that a job works on, in the store: it stays as it is while the service draws, and after a crash.</summary>
/// <param name="Path">Relative to the store's root, with forward slashes.</param>
/// <param name="Size">In pixels, width before height, as a viewer shows it (upright).</param>
/// <param name="HasAlpha">Whether there is an alpha channel, not whether any pixel uses it.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hexadecimal.</param>
public sealed record StoredInput(string Path, ImageFormat Format, Dimensions Size, bool HasAlpha, long Bytes, string Sha256)
{
    /// <summary>An image of the store itself never changes, so it needs no copy.</summary>
    public static StoredInput FromStoredFile(StoredFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new StoredInput(file.Path, file.Format, file.Size, file.HasAlpha, file.Bytes, file.Sha256);
    }
}
