using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>Tells real transparency from none, and from a painted imitation.</summary>
public static class AlphaInspector
{
    /// <summary>Looks at every pixel of the first frame.</summary>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static AlphaReport Inspect(EncodedImage image, ImageLimits? limits = null)
    {
        using var picture = BackgroundInspector.OpenBounded(image, limits);
        var pixels = RgbaBuffer.FromImage(picture);
        var share = picture.HasAlpha ? pixels.TransparentShare() : 0;
        var kind = !picture.HasAlpha ? AlphaKind.None : share > 0 ? AlphaKind.Transparent : AlphaKind.Opaque;
        return new AlphaReport(kind, share, kind is not AlphaKind.Transparent && CheckerboardDetector.IsPresentIn(pixels));
    }
}
