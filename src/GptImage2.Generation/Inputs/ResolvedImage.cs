using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Inputs;

/// <summary>An image that may be read; nothing of it has been read yet. Dispose it when the call is done with it.</summary>
/// <param name="Argument">The argument that names it, for error texts.</param>
/// <param name="Record">How it was made, where it is one of ours.</param>
public sealed record ResolvedImage(string Argument, EncodedImage Image, ImageRecord? Record) : IDisposable
{
    /// <summary>What the header says.</summary>
    /// <exception cref="ImageException">It is no image, or beyond the limits.</exception>
    public ImageInfo ReadHeader() => ReadWith(image => ImageHeader.Read(image));

    /// <summary>Reads the image, and blames the argument where it cannot be read.</summary>
    /// <exception cref="ImageException">It is no image, damaged, or beyond the limits.</exception>
    public T ReadWith<T>(Func<EncodedImage, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read(Image);
        }
        catch (UnreadableImageException unreadable)
        {
            throw Unreadable(unreadable);
        }
        catch (IOException broken)
        {
            throw InputImageErrors.ReadFailed(Argument, broken);
        }
    }

    /// <summary>SHA-256 of its bytes, lower-case hexadecimal.</summary>
    /// <exception cref="ImageException">It cannot be read.</exception>
    public string ComputeHash() => Record?.File.Sha256 ?? ReadWith(image =>
    {
        using var bytes = image.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    });

    /// <summary>Copies it for a job. What is in the store already is not copied; what is elsewhere may not last as long as the job.</summary>
    /// <exception cref="ImageException">It is no image, beyond the limits, or could not be written.</exception>
    public async Task<StoredFile> StoreAsync(IInputStore inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        try
        {
            return Record is { File.Location: StorageLocation.Store } record ? record.File : await inputs.StoreAsync(Image, cancellationToken);
        }
        catch (UnreadableImageException unreadable)
        {
            throw Unreadable(unreadable);
        }
    }

    public void Dispose() => Image.Dispose();

    private ImageException Unreadable(UnreadableImageException unreadable) => InputImageErrors.Unreadable(Argument, unreadable);
}
