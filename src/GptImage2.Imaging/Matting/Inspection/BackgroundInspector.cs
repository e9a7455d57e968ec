using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>Measures what decides whether a subject can be cut out.</summary>
public static class BackgroundInspector
{
    /// <summary>Inspects every pixel of the first frame, upright.</summary>
    public static BackgroundReport Inspect(EncodedImage image)
    {
        using var bounded = OpenBounded(image);
        return Analyze(RgbaBuffer.FromImage(bounded), bounded.HasAlpha).Report with { Size = ImageHeader.Read(image).Size };
    }

    /// <summary>The background is null for an image that is already cut out.</summary>
    internal static (BackgroundReport Report, BackgroundModel? Background) Analyze(RgbaBuffer pixels, bool hasAlpha)
    {
        var transparentShare = hasAlpha ? pixels.TransparentShare() : 0;
        var background = transparentShare > BackgroundLimits.MaxTransparentShare ? null : new BackgroundEstimator(pixels).Estimate();
        var statistics = background is null ? ForegroundStatistics.FromAlpha(pixels) : ForegroundStatistics.FromColourDifference(pixels, background);
        var report = new BackgroundReport
        {
            Size = new Dimensions(pixels.Width, pixels.Height),
            Background = background?.MeanColour ?? Colour.Transparent,
            IsUniform = background is null || IsUniform(pixels, background),
            Noise = Math.Round(background?.Noise ?? 0, 2),
            Drift = Math.Round(background?.Drift ?? 0, 1),
            BorderShare = Math.Round(background?.BorderShare ?? 1, 3),
            HasAlpha = hasAlpha,
            TransparentShare = transparentShare,
            TouchedEdges = statistics.TouchedEdges,
            IsDistinct = statistics.Share >= BackgroundLimits.MinForegroundShare && (background is null || HasContrast(statistics)),
            Contrast = statistics.Median,
            ForegroundShare = statistics.Share,
            LooksLikeCheckerboard = background is not null && CheckerboardDetector.IsPresentIn(pixels),
        };
        return (report, background);
    }

    /// <summary>At its own size, or reduced to <see cref="BackgroundLimits.ReducedPixels"/> where that is above <see cref="BackgroundLimits.MaxWorkingPixels"/>.</summary>
    internal static Image OpenBounded(EncodedImage image)
    {
        var size = ImageHeader.Read(image).Size;
        return size.PixelCount <= BackgroundLimits.MaxWorkingPixels
            ? Image.Open(image)
            : Image.OpenThumbnail(image, Math.Max(size.Width, size.Height), BackgroundLimits.ReducedPixels);
    }

    private static bool HasContrast(ForegroundStatistics statistics) =>
        statistics.Median >= BackgroundLimits.MinContrast && statistics.NinetiethPercentile >= BackgroundLimits.MinPeakContrast;

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
