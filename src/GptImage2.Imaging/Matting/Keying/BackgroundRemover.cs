using System.Diagnostics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Alpha;
using GptImage2.Imaging.Matting.Background;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Imaging.Matting.Refinement;
using GptImage2.Imaging.Matting.Translucency;

namespace GptImage2.Imaging.Matting.Keying;

/// <summary>
/// Cuts a subject out of a uniform background. Every pixel is a mixture a·F + (1-a)·B of the foreground F and the background B (Smith and Blinn,
/// "Blue Screen Matting", 1996). B is known everywhere, from a fit to the border, which makes the problem far smaller than natural image matting
/// (as Levin's closed form): background, translucent areas and edges are solved in turn, each pixel on its own.
/// </summary>
public static class BackgroundRemover
{
    /// <summary>Cuts out the first frame. Uses about 30 bytes a pixel while it works, and no more than nine of a large photograph.</summary>
    /// <param name="openHoles">Whether enclosed areas of a white, grey or black background's own colour are holes; on a saturated one they always are.</param>
    /// <returns>8-bit sRGB with straight alpha, upright, of the original's size.</returns>
    /// <exception cref="BackgroundRemovalException">The result would be bad, or there is nothing to cut out.</exception>
    public static Image RemoveBackground(EncodedImage image, bool openHoles = false) => RemoveBackground(image, openHoles, out _, CancellationToken.None);

    /// <inheritdoc cref="RemoveBackground(EncodedImage, bool)"/>
    /// <param name="image"/>
    /// <param name="openHoles"/>
    /// <param name="enclosedShare">The share of what was cut out, 0 to 1, that is enclosed, has the background's own colour, and was kept.</param>
    /// <param name="cancellationToken">Heeded while a large photograph is refined.</param>
    public static Image RemoveBackground(EncodedImage image, bool openHoles, out double enclosedShare, CancellationToken cancellationToken)
    {
        var size = ImageHeader.Read(image).Size;
        if (size.PixelCount <= BackgroundLimits.MaxWorkingPixels)
        {
            var context = FindMatte(image, openHoles);
            enclosedShare = context.MeasureEnclosed();
            return Image.FromOwnedPixels(size, context.Result);
        }

        return MatteRefiner.Refine(image, FindReducedMatte(image, openHoles, out enclosedShare), cancellationToken);
    }

    private static Matte FindReducedMatte(EncodedImage image, bool openHoles, out double enclosedShare)
    {
        var context = FindMatte(image, openHoles);
        enclosedShare = context.MeasureEnclosed();
        return new Matte(new Dimensions(context.Pixels.Width, context.Pixels.Height), context.CopyAlpha());
    }

    /// <summary>Why a subject would not be cut out; null where nothing that was measured speaks against it. The matte itself is judged in the cut.</summary>
    public static BackgroundRemovalError? FindProblem(BackgroundReport report) => BackgroundRemovalChecks.FindProblem(report)?.Error;

    /// <summary>Judges as a cut does, the matte included, and as slowly.</summary>
    /// <exception cref="BackgroundRemovalException">The result would be bad, or there is nothing to cut out.</exception>
    public static void ThrowIfUnsuitable(EncodedImage image, bool openHoles = false) => FindMatte(image, openHoles);

    /// <summary>Cuts out of pixels that are already in memory, and opaque.</summary>
    /// <exception cref="BackgroundRemovalException">The result would be bad, or there is nothing to cut out.</exception>
    internal static Image RemoveBackground(RgbaBuffer pixels, bool isLossy) =>
        Image.FromOwnedPixels(new Dimensions(pixels.Width, pixels.Height), FindMatte(pixels, hasAlpha: false, isLossy, openHoles: false).Result);

    private static MattingContext FindMatte(EncodedImage image, bool openHoles)
    {
        var header = ImageHeader.Read(image);
        BackgroundRemovalChecks.ThrowIfTooLarge(header.Size);
        var (pixels, hasAlpha) = ReadPixels(image);
        // Reducing averages over what a codec has left.
        return FindMatte(pixels, hasAlpha, IsLossy(header.Format) && pixels.PixelCount == header.Size.PixelCount, openHoles);
    }

    private static MattingContext FindMatte(RgbaBuffer pixels, bool hasAlpha, bool isLossy, bool openHoles)
    {
        var (report, background) = BackgroundInspector.Analyze(pixels, hasAlpha);
        BackgroundRemovalChecks.ThrowIfUnsuitable(report);
        var model = background ?? throw new UnreachableException("Only images that are already transparent have no background model.");
        var context = new MattingContext(pixels, model, new MattingThresholds(model.Noise, isLossy, model.IsNeutral));
        RunStages(context, openHoles);
        BackgroundRemovalChecks.ThrowIfDoubtful(context);
        KeepTransparent(context, hasAlpha);
        return context;
    }

    private static (RgbaBuffer Pixels, bool HasAlpha) ReadPixels(EncodedImage encoded)
    {
        using var image = BackgroundInspector.OpenBounded(encoded);
        return (RgbaBuffer.FromImage(image), image.HasAlpha);
    }

    private static void RunStages(MattingContext context, bool openHoles)
    {
        new BackgroundSegmentation(context, openHoles).Segment();
        if (context.Background.IsNeutral)
        {
            new ShadowEstimator(context).Estimate();
        }
        else
        {
            new TranslucencyEstimator(context).Estimate();
        }

        new AlphaEstimator(context).EstimateAlpha();
        new OpaqueInterior(context).Fill();
        AlphaBleeding.BleedColours(context);
    }

    /// <summary>The few transparent specks that an original may have stay transparent.</summary>
    private static void KeepTransparent(MattingContext context, bool hadAlpha)
    {
        var (result, original) = (context.Result, context.Pixels.Rgba);
        for (var i = 3; hadAlpha && i < result.Length; i += 4)
        {
            result[i] = original[i] < RgbaBuffer.OpaqueThreshold ? Math.Min(result[i], original[i]) : result[i];
        }
    }

    private static bool IsLossy(ImageFormat format) => format is not (ImageFormat.Png or ImageFormat.Gif or ImageFormat.Tiff);
}
