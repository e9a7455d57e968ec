using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>Distinguishes real transparency from none, and from a painted checkerboard.</summary>
public static class AlphaInspector
{
    /// <summary>Inspects every pixel of the first frame.</summary>
    public static AlphaReport Inspect(EncodedImage image)
    {
        using var bounded = BackgroundInspector.OpenBounded(image);
        return Inspect(RgbaBuffer.FromImage(bounded), bounded.HasAlpha);
    }

    internal static AlphaReport Inspect(RgbaBuffer pixels, bool hasAlpha)
    {
        var share = hasAlpha ? pixels.TransparentShare() : 0;
        var kind = !hasAlpha ? AlphaKind.None : share > 0 ? AlphaKind.Transparent : AlphaKind.Opaque;
        return new AlphaReport(kind, share, kind is not AlphaKind.Transparent && CheckerboardDetector.IsPresentIn(pixels));
    }
}

/// <summary>Whether an image is transparent, or only looks so.</summary>
/// <param name="Kind">What the alpha channel contains.</param>
/// <param name="TransparentShare">Share of pixels that are not opaque, 0 to 1; alpha of 250 and more counts as opaque.</param>
/// <param name="LooksLikeCheckerboard">Grey and white squares are painted where transparency was intended.</param>
public sealed record AlphaReport(AlphaKind Kind, double TransparentShare, bool LooksLikeCheckerboard);

/// <summary>What an image's alpha channel contains.</summary>
public enum AlphaKind
{
    /// <summary>There is no alpha channel.</summary>
    None,

    /// <summary>There is an alpha channel, but every pixel is opaque.</summary>
    Opaque,

    /// <summary>Some pixels are transparent or translucent.</summary>
    Transparent,
}
