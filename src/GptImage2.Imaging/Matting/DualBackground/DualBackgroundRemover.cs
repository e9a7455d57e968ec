using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Alpha;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.DualBackground;

/// <summary>
/// Cuts a subject out of two pictures of it, on white and on black (the triangulation of Smith and Blinn, "Blue Screen Matting", 1996, theorem 4).
/// A pixel of each is a·F + (1-a)·B with its own backdrop B, so that three channels of two pictures give six equations for the four unknowns a
/// and F: what is translucent is solved, not guessed, and the equations that are left over tell whether the two pictures agree. Models draw and
/// browsers composite in sRGB, so alpha is solved there.
/// </summary>
public static class DualBackgroundRemover
{
    /// <summary>Uses about nine bytes a pixel while it works.</summary>
    /// <param name="light">The subject on white. Where the subject is opaque, the pixels of the result are this picture's own.</param>
    /// <param name="dark">The same on black; it may be shifted by a few pixels, and its colours may have drifted by a few percent.</param>
    /// <returns>8-bit sRGB with straight alpha, upright, of the size of both.</returns>
    /// <exception cref="DualBackgroundException">The pair does not agree, or shows no subject.</exception>
    /// <exception cref="UnreadableImageException">One of them cannot be read.</exception>
    public static Image CutOut(EncodedImage light, EncodedImage dark, CancellationToken cancellationToken)
    {
        ThrowIfUnsuitable(ImageHeader.Read(light).Size, ImageHeader.Read(dark).Size);
        var pair = PicturePair.Read(light, dark);
        var backdrops = BackdropPair.Measure(pair);
        cancellationToken.ThrowIfCancellationRequested();
        pair = pair with { Shift = PairAlignment.FindShift(pair, backdrops) };
        pair = pair with { Correction = ColourCorrection.Estimate(pair) };

        var agreement = PairSolver.Solve(pair, backdrops, cancellationToken);
        agreement.ThrowIfDoubtful();
        AlphaBleeding.BleedColours(pair.Light.Rgba, pair.Light.Width);
        return Image.FromOwnedPixels(new Dimensions(pair.Light.Width, pair.Light.Height), pair.Light.Rgba);
    }

    private static void ThrowIfUnsuitable(Dimensions light, Dimensions dark)
    {
        if (light != dark)
        {
            throw new DualBackgroundException(DualBackgroundError.DifferentSizes, $"one picture is {light}, the other {dark}");
        }

        if (light.PixelCount > BackgroundLimits.MaxPixels)
        {
            throw new DualBackgroundException(DualBackgroundError.TooLarge, $"more than {BackgroundLimits.MaxPixels / 1_000_000} megapixels cannot be solved");
        }
    }
}
