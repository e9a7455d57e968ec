namespace GptImage2.Imaging;

/// <summary>Why an image cannot be read.</summary>
public enum ImageReadError
{
    /// <summary>The bytes are of no image format we know.</summary>
    NotAnImage,

    /// <summary>The format is known, the bytes are broken or end too early.</summary>
    Damaged,

    /// <summary>More pixels, bytes or frames than <see cref="ImageLimits"/> allows.</summary>
    TooLarge,

    /// <summary>A sound image that the libvips at hand cannot decode.</summary>
    Unsupported,
}
