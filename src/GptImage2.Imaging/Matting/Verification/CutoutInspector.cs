using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Background;
using GptImage2.Imaging.Matting.Inspection;

namespace GptImage2.Imaging.Matting.Verification;

/// <summary>
/// Inspects a finished cut-out as whoever places it would look at it. Specks are looked for in every pixel, rims at the resolution at which a
/// subject is found, everything else in a small copy.
/// </summary>
public static class CutoutInspector
{
    /// <summary>Longest edge of the small copy, in pixels.</summary>
    private const int SmallEdge = 1024;

    /// <param name="cutout">The finished image; its first frame.</param>
    /// <param name="original">The image that it was cut out of, which may have another size but not another shape; null where there is none.</param>
    /// <returns>What its alpha channel contains, and the rest where that is transparent.</returns>
    /// <exception cref="UnreadableImageException">One of them cannot be read.</exception>
    public static (AlphaReport Alpha, CutoutReport? Cutout) Inspect(EncodedImage cutout, EncodedImage? original = null)
    {
        using var bounded = BackgroundInspector.OpenBounded(cutout);
        var pixels = RgbaBuffer.FromImage(bounded);
        var alpha = AlphaInspector.Inspect(pixels, bounded.HasAlpha);
        return (alpha, alpha.Kind is AlphaKind.Transparent ? Inspect(cutout, pixels, original) : null);
    }

    private static CutoutReport Inspect(EncodedImage cutout, RgbaBuffer pixels, EncodedImage? original)
    {
        var size = ImageHeader.Read(cutout).Size;
        var small = Reduce(pixels);
        var shape = new CutoutShape(small);
        var things = new ThingMap(size.PixelCount == pixels.PixelCount ? AlphaPlane.FromPixels(pixels) : AlphaPlane.Read(cutout));
        CutoutFinding?[] found =
        [
            StrayPixels.Find(things, shape.Profile),
            shape.Profile is CutoutProfile.Translucent || OpenOriginal(original, pixels) is not { } source ? null : HaloDetector.Find(pixels, source, shape.Profile),
            EdgeContact.Find(things, shape.Profile),
            CheckerboardAreas.Find(small),
            shape.FindSeeThrough(),
            shape.FindOpenOutline(),
        ];
        return new CutoutReport(shape.Profile, [.. found.OfType<CutoutFinding>().Select(finding => finding.Kind is CutoutFindingKind.StrayPixels ? finding : ScaleTo(finding, small, size))]);
    }

    private static RgbaBuffer Reduce(RgbaBuffer pixels)
    {
        var scale = SmallEdge / (double)Math.Max(pixels.Width, pixels.Height);
        if (scale >= 1)
        {
            return pixels;
        }

        using var image = Image.FromPixels(new Dimensions(pixels.Width, pixels.Height), pixels.Rgba);
        using var reduced = image.Resize(new Dimensions(Math.Max(1, (int)(pixels.Width * scale)), Math.Max(1, (int)(pixels.Height * scale))));
        return RgbaBuffer.FromImage(reduced);
    }

    /// <summary>The original, pixel by pixel beneath the cut-out; null where it has another shape, or is cut out itself.</summary>
    private static RgbaBuffer? OpenOriginal(EncodedImage? original, RgbaBuffer pixels)
    {
        if (original is null)
        {
            return null;
        }

        using var bounded = BackgroundInspector.OpenBounded(original);
        if (!MatteTransfer.HaveSameShape(bounded.Size, new Dimensions(pixels.Width, pixels.Height)))
        {
            return null;
        }

        using var fitted = bounded.Resize(new Dimensions(pixels.Width, pixels.Height));
        var source = RgbaBuffer.FromImage(fitted);
        return fitted.HasAlpha && source.TransparentShare() > BackgroundLimits.MaxTransparentShare ? null : source;
    }

    private static CutoutFinding ScaleTo(CutoutFinding finding, RgbaBuffer small, Dimensions size)
    {
        if (finding.Area is not { } area || small.Width == size.Width)
        {
            return finding;
        }

        var (across, down) = ((double)size.Width / small.Width, (double)size.Height / small.Height);
        return finding with { Area = PixelArea.ClipToImage(size, area.Left * across, area.Top * down, area.Right * across, area.Bottom * down) };
    }
}
