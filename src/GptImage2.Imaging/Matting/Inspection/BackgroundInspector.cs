using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>Finds facts about a picture that decide whether its subject can be cut out.</summary>
public static class BackgroundInspector
{
    /// <summary>Larger pictures are looked at in a version scaled to this edge, in pixels; scaling hides texture, so not sooner than needed.</summary>
    private const int MaxEdge = 4096;

    /// <summary>Looks at every pixel of the first frame, upright.</summary>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static BackgroundReport Inspect(EncodedImage image, ImageLimits? limits = null)
    {
        using var picture = OpenBounded(image, limits);
        return Analyze(RgbaBuffer.FromImage(picture), picture.HasAlpha).Report with { Size = ImageHeader.Read(image, limits).Size };
    }

    internal static (BackgroundReport Report, BackgroundModel? Backdrop) Analyze(RgbaBuffer pixels, bool hasAlpha)
    {
        var seeThrough = hasAlpha ? pixels.TransparentShare() : 0;
        return seeThrough > BackgroundLimits.MaxTransparentShare
            ? (ReportTransparent(pixels, seeThrough), null)
            : ReportOpaque(pixels, hasAlpha, seeThrough);
    }

    internal static Image OpenBounded(EncodedImage image, ImageLimits? limits) =>
        ImageHeader.Read(image, limits).Size.PixelCount <= BackgroundLimits.MaxPixels
            ? Image.Open(image, limits)
            : Image.OpenThumbnail(image, MaxEdge, limits);

    private static BackgroundReport ReportTransparent(RgbaBuffer pixels, double seeThrough)
    {
        var survey = ForegroundStatistics.FromAlpha(pixels);
        return new BackgroundReport
        {
            Size = new Dimensions(pixels.Width, pixels.Height),
            Background = Colour.Transparent,
            IsUniform = true,
            Noise = 0,
            Drift = 0,
            BorderShare = 1,
            HasAlpha = true,
            TransparentShare = seeThrough,
            TouchedEdges = survey.TouchedEdges,
            IsDistinct = survey.Share >= BackgroundLimits.MinForegroundShare,
            Contrast = survey.Median,
            ForegroundShare = survey.Share,
            LooksLikeCheckerboard = false,
        };
    }

    private static (BackgroundReport Report, BackgroundModel? Backdrop) ReportOpaque(RgbaBuffer pixels, bool hasAlpha, double seeThrough)
    {
        var backdrop = new BackgroundEstimator(pixels).Estimate();
        var survey = ForegroundStatistics.FromColourDifference(pixels, backdrop);
        var report = new BackgroundReport
        {
            Size = new Dimensions(pixels.Width, pixels.Height),
            Background = backdrop.MeanColour,
            IsUniform = IsUniform(pixels, backdrop),
            Noise = Math.Round(backdrop.Noise, 2),
            Drift = Math.Round(backdrop.Drift, 1),
            BorderShare = Math.Round(backdrop.BorderShare, 3),
            HasAlpha = hasAlpha,
            TransparentShare = seeThrough,
            TouchedEdges = survey.TouchedEdges,
            IsDistinct = survey.Share >= BackgroundLimits.MinForegroundShare && survey.Median >= BackgroundLimits.MinContrast && survey.NinetiethPercentile >= BackgroundLimits.MinPeakContrast,
            Contrast = survey.Median,
            ForegroundShare = survey.Share,
            LooksLikeCheckerboard = CheckerboardDetector.IsPresentIn(pixels),
        };
        return (report, backdrop);
    }

    private static bool IsUniform(RgbaBuffer pixels, BackgroundModel backdrop)
    {
        var walk = new BorderProfile(pixels, backdrop);
        return backdrop.Noise < BackgroundLimits.MaxNoise
            && backdrop.Drift < BackgroundLimits.MaxDrift
            && backdrop.BorderShare >= BackgroundLimits.MinBorderShare
            && walk.BackgroundEdgeCount >= 3
            && (backdrop.BorderShare >= 0.75 || walk.TransitionCount <= BackgroundLimits.MaxTransitions);
    }
}
