namespace GptImage2.Imaging.Masks;

/// <summary>What a model is sent of a picture, and the mask that goes with it.</summary>
public static class EditCrop
{
    /// <summary>An encoded mask is smaller than this, in bytes: the service takes less than 4 MB.</summary>
    public const int MaxMaskBytes = 4_000_000;

    /// <summary>
    /// The part on its canvas: upright, 8-bit sRGB without alpha, scaled, its edges repeated into the padding. Held in memory.
    /// Transparency is filled with white, or with a middle grey where what shows is itself nearly white.
    /// </summary>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Picture Take(EncodedImage original, CanvasFit fit, ImageLimits? limits = null) => throw new NotImplementedException();

    /// <summary>A PNG of the canvas' size with alpha: 0 where the model may draw, 255 elsewhere, padding included. Never over <see cref="MaxMaskBytes"/>.</summary>
    public static void WriteMask(RegionMask region, CanvasFit fit, Stream png) => throw new NotImplementedException();
}
