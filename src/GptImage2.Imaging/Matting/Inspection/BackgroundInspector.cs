using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>Measures what decides whether a subject can be cut out.</summary>
public static class BackgroundInspector
{
    /// <summary>Images beyond the pixel limit are inspected at this edge length; scaling hides texture, so smaller ones are not scaled.</summary>
    private const int MaxEdge = 4096;

    /// <summary>Inspects every pixel of the first frame, upright.</summary>
    public static BackgroundReport Inspect(EncodedImage image)
    {
        using var bounded = OpenBounded(image);
        return Analyze(RgbaBuffer.FromImage(bounded), bounded.HasAlpha).Report with { Size = ImageHeader.Read(image).Size };
    }

    internal static (BackgroundReport Report, BackgroundModel? Background) Analyze(RgbaBuffer pixels, bool hasAlpha)
    {
        var transparentShare = hasAlpha ? pixels.TransparentShare() : 0;
        return transparentShare > BackgroundLimits.MaxTransparentShare
            ? (ReportTransparent(pixels, transparentShare), null)
            : ReportOpaque(pixels, hasAlpha, transparentShare);
    }

    internal static Image OpenBounded(EncodedImage image) =>
        ImageHeader.Read(image).Size.PixelCount <= BackgroundLimits.MaxPixels
            ? Image.Open(image)
            : Image.OpenThumbnail(image, MaxEdge);

    private static BackgroundReport ReportTransparent(RgbaBuffer pixels, double transparentShare)
    {
        var statistics = ForegroundStatistics.FromAlpha(pixels);
        return new BackgroundReport
        {
            Size = new Dimensions(pixels.Width, pixels.Height),
            Background = Colour.Transparent,
            IsUniform = true,
            Noise = 0,
            Drift = 0,
            BorderShare = 1,
            HasAlpha = true,
            TransparentShare = transparentShare,
            TouchedEdges = statistics.TouchedEdges,
            IsDistinct = statistics.Share >= BackgroundLimits.MinForegroundShare,
            Contrast = statistics.Median,
            ForegroundShare = statistics.Share,
            LooksLikeCheckerboard = false,
        };
    }

    private static (BackgroundReport Report, BackgroundModel? Background) ReportOpaque(RgbaBuffer pixels, bool hasAlpha, double transparentShare)
    {
        var background = new BackgroundEstimator(pixels).Estimate();
        var statistics = ForegroundStatistics.FromColourDifference(pixels, background);
        var report = new BackgroundReport
        {
            Size = new Dimensions(pixels.Width, pixels.Height),
            Background = background.MeanColour,
            IsUniform = IsUniform(pixels, background),
            Noise = Math.Round(background.Noise, 2),
            Drift = Math.Round(background.Drift, 1),
            BorderShare = Math.Round(background.BorderShare, 3),
            HasAlpha = hasAlpha,
            TransparentShare = transparentShare,
            TouchedEdges = statistics.TouchedEdges,
            IsDistinct = statistics.Share >= BackgroundLimits.MinForegroundShare && statistics.Median >= BackgroundLimits.MinContrast && statistics.NinetiethPercentile >= BackgroundLimits.MinPeakContrast,
            Contrast = statistics.Median,
            ForegroundShare = statistics.Share,
            LooksLikeCheckerboard = CheckerboardDetector.IsPresentIn(pixels),
        };
        return (report, background);
    }

    private static bool IsUniform(RgbaBuffer pixels, BackgroundModel background)
    {
        var border = new BorderProfile(pixels, background);
        return background.Noise < BackgroundLimits.MaxNoise
            && background.Drift < BackgroundLimits.MaxDrift
            && background.BorderShare >= BackgroundLimits.MinBorderShare
            && border.BackgroundEdgeCount >= 3
            && (background.BorderShare >= 0.75 || border.TransitionCount <= BackgroundLimits.MaxTransitions);
    }
}
