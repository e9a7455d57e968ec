namespace GptImage2.Imaging.Masks;

/// <summary>Understands any picture that is a mask, and refuses every other. Streams: memory grows with the region, not with the mask's file.</summary>
public static class MaskReader
{
    /// <summary>Reads which pixels change: the transparent ones, or without telling alpha the white ones.</summary>
    /// <param name="mask">A picture of the same shape as <paramref name="image"/>; another size is scaled.</param>
    /// <param name="image">Size of the upright picture that is to be edited.</param>
    /// <param name="invert">True turns the meaning round. Null: not said, so a mask that may be meant either way is refused.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <exception cref="UnusableMaskException">Not a mask, of another shape, doubtful, or it changes nothing or everything.</exception>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static MaskReading Read(EncodedImage mask, Dimensions image, bool? invert, ImageLimits? limits = null) =>
        throw new NotImplementedException();
}
