namespace GptImage2.Imaging.Matting;

/// <summary>Finds facts about a picture that decide whether its subject can be cut out.</summary>
public static class BackdropInspector
{
    /// <summary>Larger pictures are looked at in a version scaled to this edge, in pixels; scaling hides texture, so not sooner than needed.</summary>
    private const int MostEdge = 4096;

    /// <summary>Looks at every pixel of the first frame, upright.</summary>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static BackdropReport Inspect(EncodedImage image, ImageLimits? limits = null)
    {
        using var picture = OpenBounded(image, limits);
        return Report(PixelGrid.Of(picture), picture.HasAlpha).Report with { Size = ImageHeader.Read(image, limits).Size };
    }

    internal static (BackdropReport Report, Backdrop? Backdrop) Report(PixelGrid pixels, bool hasAlpha)
    {
        var seeThrough = hasAlpha ? pixels.SeeThroughShare() : 0;
        return seeThrough > BackdropRules.MostSeeThrough
            ? (OfCutOut(pixels, seeThrough), null)
            : OfOpaque(pixels, hasAlpha, seeThrough);
    }

    internal static Picture OpenBounded(EncodedImage image, ImageLimits? limits) =>
        ImageHeader.Read(image, limits).Size.Pixels <= BackdropRules.MostPixels
            ? Picture.Open(image, limits)
            : Picture.OpenThumbnail(image, MostEdge, limits);

    private static BackdropReport OfCutOut(PixelGrid pixels, double seeThrough)
    {
        var survey = SubjectSurvey.ByAlpha(pixels);
        return new BackdropReport
        {
            Size = new Dimensions(pixels.Width, pixels.Height),
            Backdrop = Colour.Transparent,
            IsFlat = true,
            Roughness = 0,
            Drift = 0,
            BorderShare = 1,
            HasAlpha = true,
            SeeThroughShare = seeThrough,
            Contact = survey.Contact,
            IsDistinct = survey.Share >= BackdropRules.LeastSubject,
            Contrast = survey.Median,
            SubjectShare = survey.Share,
            LooksLikeCheckerboard = false,
        };
    }

    private static (BackdropReport Report, Backdrop? Backdrop) OfOpaque(PixelGrid pixels, bool hasAlpha, double seeThrough)
    {
        var backdrop = new BackdropFitter(pixels).Fit();
        var survey = SubjectSurvey.ByColour(pixels, backdrop);
        var report = new BackdropReport
        {
            Size = new Dimensions(pixels.Width, pixels.Height),
            Backdrop = backdrop.Middle,
            IsFlat = IsFlat(pixels, backdrop),
            Roughness = Math.Round(backdrop.Noise, 2),
            Drift = Math.Round(backdrop.Drift, 1),
            BorderShare = Math.Round(backdrop.BorderShare, 3),
            HasAlpha = hasAlpha,
            SeeThroughShare = seeThrough,
            Contact = survey.Contact,
            IsDistinct = survey.Share >= BackdropRules.LeastSubject && survey.Median >= BackdropRules.LeastContrast && survey.Peak >= BackdropRules.LeastPeak,
            Contrast = survey.Median,
            SubjectShare = survey.Share,
            LooksLikeCheckerboard = Checkerboard.IsIn(pixels),
        };
        return (report, backdrop);
    }

    private static bool IsFlat(PixelGrid pixels, Backdrop backdrop)
    {
        var walk = new BorderWalk(pixels, backdrop);
        return backdrop.Noise < BackdropRules.MostNoise
            && backdrop.Drift < BackdropRules.MostDrift
            && backdrop.BorderShare >= BackdropRules.LeastBorder
            && walk.PlainEdges >= 3
            && (backdrop.BorderShare >= 0.75 || walk.Crossings <= BackdropRules.MostCrossings);
    }
}
