using System.Globalization;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Alpha;
using GptImage2.Imaging.Matting.Background;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Translucency;

namespace GptImage2.Imaging.Matting;

/// <summary>
/// Cuts a subject out of a plain backdrop. Every pixel is read as a mixture a·F + (1-a)·B of the subject F and the backdrop B: B is
/// measured along the border and fitted across the picture, then areas of backdrop, veils, and the subject's edges are solved in turn.
/// </summary>
public static class BackgroundRemover
{
    /// <summary>Cuts out the first frame, upright, at its own size. Uses about 25 bytes a pixel while it works.</summary>
    /// <exception cref="BackgroundRemovalException">The cut would be bad, or there is nothing to cut.</exception>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static BackgroundRemovalResult RemoveBackground(EncodedImage image, ImageLimits? limits = null)
    {
        var header = ImageHeader.Read(image, limits);
        ThrowIfTooLarge(header.Size);
        var (pixels, hasAlpha) = ReadPixels(image, limits);
        var (report, backdrop) = BackgroundInspector.Analyze(pixels, hasAlpha);
        ThrowIfUnsuitable(report, backdrop);
        var matte = new MattingContext(pixels, backdrop!, new MattingThresholds(backdrop!.Noise, IsLossy(header.Format)));
        RunStages(matte);
        return CreateResult(matte, report, hasAlpha);
    }

    private static (RgbaBuffer Pixels, bool HasAlpha) ReadPixels(EncodedImage image, ImageLimits? limits)
    {
        using var picture = Image.Open(image, limits);
        return (RgbaBuffer.FromImage(picture), picture.HasAlpha);
    }

    private static void RunStages(MattingContext matte)
    {
        new BackgroundSegmentation(matte).Segment();
        if (matte.Background.IsNeutral)
        {
            new ShadowEstimator(matte).Estimate();
        }
        else
        {
            new TranslucencyEstimator(matte).Estimate();
        }

        new AlphaEstimator(matte).EstimateAlpha();
        new AlphaBleeding(matte).BleedColours();
    }

    private static BackgroundRemovalResult CreateResult(MattingContext matte, BackgroundReport report, bool hadAlpha)
    {
        var (result, before) = (matte.Result, matte.Pixels.Rgba);
        long transparent = 0;
        long partly = 0;
        for (var i = 3; i < result.Length; i += 4)
        {
            // A few see-through specks of the original stay so.
            result[i] = hadAlpha && before[i] < RgbaBuffer.OpaqueThreshold ? Math.Min(result[i], before[i]) : result[i];
            transparent += result[i] == 0 ? 1 : 0;
            partly += result[i] is > 0 and < 255 ? 1 : 0;
        }

        return new BackgroundRemovalResult(Image.FromPixels(report.Size, result), report, (double)transparent / matte.Pixels.PixelCount, partly);
    }

    private static bool IsLossy(ImageFormat format) => format is not (ImageFormat.Png or ImageFormat.Gif or ImageFormat.Tiff);

    private static void ThrowIfTooLarge(Dimensions size)
    {
        if (size.PixelCount > BackgroundLimits.MaxPixels)
        {
            throw new BackgroundRemovalException(
                BackgroundRemovalError.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"expected at most {BackgroundLimits.MaxPixels / 1_000_000} megapixels but received {size} ({size.PixelCount / 1e6:0.0} megapixels)."));
        }
    }

    private static void ThrowIfUnsuitable(BackgroundReport report, BackgroundModel? backdrop)
    {
        if (BackgroundRemovalChecks.FindProblem(report) is var (reason, message))
        {
            throw new BackgroundRemovalException(reason, message, report);
        }

        ArgumentNullException.ThrowIfNull(backdrop);
    }
}
