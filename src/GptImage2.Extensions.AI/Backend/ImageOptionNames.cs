namespace GptImage2.Extensions.AI.Backend;

/// <summary>
/// The names in <see cref="ImageGenerationOptions.AdditionalProperties"/> for what those options have no property for. A generator that
/// is used as a backend is given them, and our own generator understands them.
/// </summary>
public static class ImageOptionNames
{
    /// <summary>
    /// A <see cref="DataContent"/> with a PNG of the size of the first of <see cref="ImageGenerationRequest.OriginalImages"/>: where it is
    /// transparent, that image is to change.
    /// </summary>
    public const string Mask = "mask";

    /// <summary>A text: low, medium, high, xhigh or max. Absent where the choice is the service's.</summary>
    public const string Quality = "quality";

    /// <summary>A text: opaque or transparent. Absent where the choice is the service's.</summary>
    public const string Background = "background";

    /// <summary>A whole number, 0 (smallest) to 100 (best), for JPEG and WebP.</summary>
    public const string Compression = "output_compression";
}
