using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Matting;

/// <summary>Takes a cut-out that somebody else has made for a matte, and puts it on the image that it was made of.</summary>
public static class MatteTransfer
{
    /// <summary>From this alpha on a pixel is the subject alone.</summary>
    private const double OpaqueAlpha = 250;

    /// <summary>How far the shapes of two sizes of the same image may be apart, by rounding.</summary>
    private const double MaxShapeDifference = 0.02;

    /// <summary>
    /// The original at its own size, as transparent as the cut-out is. Opaque pixels keep the original's colours; at soft edges, where those are
    /// mixed with the background's, the cut-out's are taken.
    /// </summary>
    /// <returns>8-bit sRGB with straight alpha, upright; null where the cut-out has no alpha or another shape.</returns>
    /// <exception cref="UnreadableImageException">One of them cannot be read.</exception>
    public static Image? Apply(EncodedImage original, EncodedImage cutout)
    {
        using var source = Image.Open(original);
        using var cut = Image.Open(cutout);
        return cut.HasAlpha && HaveSameShape(source.Size, cut.Size) ? new Image(Apply(source, cut)) : null;
    }

    private static VipsImage Apply(Image source, Image cut)
    {
        using var original = source.Native.ToRgba8();
        using var theirs = cut.Native.ToRgba8().Pipe(image => image.Resize(source.Size));
        using var matte = theirs.ExtractBands(3, 1);
        using var opaque = new VipsOperation("relational_const").With("in", matte).WithEnum("relational", "moreeq").With("c", [OpaqueAlpha]).ToImage();
        using var originalColours = original.ExtractBands(0, 3);
        using var theirColours = theirs.ExtractBands(0, 3);
        using var colours = opaque.Blend(originalColours, theirColours);
        using var alpha = original.ExtractBands(3, 1);
        using var joined = colours.JoinBands(alpha);
        return joined.MultiplyAlpha(matte);
    }

    /// <summary>Whether both can be two sizes of the same image.</summary>
    internal static bool HaveSameShape(Dimensions first, Dimensions second) =>
        Math.Abs(((double)first.Width * second.Height / ((double)first.Height * second.Width)) - 1) <= MaxShapeDifference;
}
