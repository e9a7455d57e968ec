using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage;

/// <summary>Stores input images for as long as jobs may need them: they stay as they are while the service draws, and after a crash.</summary>
public interface IInputStore
{
    /// <summary>Copies the image once, under its hash; the same image is stored once.</summary>
    /// <exception cref="UnreadableImageException">It is not an image, or damaged, or beyond the limits.</exception>
    /// <exception cref="ImageException">It could not be written.</exception>
    Task<StoredFile> StoreAsync(EncodedImage image, CancellationToken cancellationToken);

    /// <summary>Stores what is derived from an input for a service.</summary>
    /// <exception cref="ImageException">It could not be written.</exception>
    Task<StoredFile> WriteAsync(Action<Stream> write, CancellationToken cancellationToken);

    /// <summary>The image for the imaging layer, not read yet.</summary>
    /// <exception cref="ImageException">The file is gone.</exception>
    EncodedImage Open(StoredFile input);
}
