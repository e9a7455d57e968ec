namespace GptImage2.Imaging.Masks;

/// <summary>Shows where a region lies: tinted and outlined on a preview of the picture, however small it is.</summary>
public static class RegionOverlay
{
    /// <summary>The picture at preview size, dimmed, with the region tinted and outlined.</summary>
    /// <param name="feather">In pixels of the original: how softly the tint begins.</param>
    /// <param name="maxEdge">Longest edge of the preview in pixels.</param>
    /// <param name="maxBytes">Encoded size.</param>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static EncodedPreview Draw(
        EncodedImage original, RegionMask region, int feather, int maxEdge = 1568, int maxBytes = 400_000, ImageLimits? limits = null) =>
        throw new NotImplementedException();
}
