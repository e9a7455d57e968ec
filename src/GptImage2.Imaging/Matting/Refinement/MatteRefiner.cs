using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Models;

namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>
/// Cuts a subject out along a coarse matte. The matte decides what is subject; where exactly it ends is found in the image, in a band around the
/// matte's edge, at the image's own resolution.
/// </summary>
public static class MatteRefiner
{
    /// <summary>Cuts out the first frame. Uses about nine bytes a pixel while it works.</summary>
    /// <returns>8-bit sRGB with straight alpha, upright, of the image's size. Where it is opaque, the pixels are the image's own.</returns>
    /// <exception cref="BackgroundRemovalException">The matte shows no subject, or the image is too large.</exception>
    /// <exception cref="UnreadableImageException">The image cannot be read.</exception>
    public static Image CutOut(EncodedImage image, Matte matte, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(matte);
        BackgroundRemovalChecks.ThrowIfTooLarge(ImageHeader.Read(image).Size);
        MatteChecks.ThrowIfNoSubject(matte);
        return Refine(image, matte, cancellationToken);
    }

    /// <summary>The same along a matte that has been judged.</summary>
    internal static Image Refine(EncodedImage image, Matte matte, CancellationToken cancellationToken)
    {
        var pixels = SubjectPixels.Read(image);
        var size = new Dimensions(pixels.Width, pixels.Height);
        var band = new UnknownBand(matte, size);
        AlphaRefiner.Refine(pixels, band, cancellationToken);
        ColourRefiner.Refine(pixels, band, cancellationToken);
        return Image.FromOwnedPixels(size, pixels.Rgba);
    }
}
