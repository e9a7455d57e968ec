namespace GptImage2.Imaging;

/// <summary>Why an image cannot be read.</summary>
public enum ImageReadError
{
    /// <summary>The bytes are in no image format we know.</summary>
    NotAnImage,

    /// <summary>The format is known, but the bytes are corrupt or truncated.</summary>
    Damaged,

    /// <summary>More pixels, bytes or frames than <see cref="ImageLimits"/> allows.</summary>
    TooLarge,

    /// <summary>A valid image that the loaded libvips cannot decode.</summary>
    Unsupported,
}

/// <summary>An image that cannot be read. The message is "expected … but received …", contains no path, and is safe to show.</summary>
public sealed class UnreadableImageException : Exception
{
    internal UnreadableImageException(ImageReadError error, string message, Exception? inner = null)
        : base(message, inner) => Error = error;

    public ImageReadError Error { get; }
}
