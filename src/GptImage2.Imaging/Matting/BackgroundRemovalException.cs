using GptImage2.Imaging.Matting.Background;
using GptImage2.Imaging.Matting.Inspection;

namespace GptImage2.Imaging.Matting;

/// <summary>Why a subject cannot be cut out.</summary>
public enum BackgroundRemovalError
{
    /// <summary>The background is a texture, a strong gradient or a scene.</summary>
    NonUniformBackground,

    /// <summary>The subject hardly differs from the background.</summary>
    LowContrast,

    /// <summary>There is nothing but background.</summary>
    NoForeground,

    /// <summary>The image is already cut out.</summary>
    AlreadyTransparent,

    /// <summary>More pixels than can be processed.</summary>
    TooLarge,

    /// <summary>The background is a painted checkerboard.</summary>
    Checkerboard,

    /// <summary>Much of the subject's outline has the background's own colour, so that nobody can tell where it ends.</summary>
    NoEdges,
}

/// <summary>A subject that cannot be cut out well. The message is "expected … but received …", contains no path, and is safe to show.</summary>
public sealed class BackgroundRemovalException : Exception
{
    internal BackgroundRemovalException(BackgroundRemovalError error, string message)
        : base(message) => Error = error;

    public BackgroundRemovalError Error { get; }
}

/// <summary>Decides from what was measured whether a result would be bad, and says what was measured.</summary>
internal static class BackgroundRemovalChecks
{
    /// <exception cref="BackgroundRemovalException">The image has too many pixels.</exception>
    internal static void ThrowIfTooLarge(Dimensions size)
    {
        if (FindProblem(size) is var (error, message))
        {
            throw new BackgroundRemovalException(error, message);
        }
    }

    /// <exception cref="BackgroundRemovalException">The subject cannot be cut out well.</exception>
    internal static void ThrowIfUnsuitable(BackgroundReport report)
    {
        if (FindProblem(report) is var (error, message))
        {
            throw new BackgroundRemovalException(error, message);
        }
    }

    /// <summary>Judges a finished matte. A saturated background's hue is evidence enough.</summary>
    /// <exception cref="BackgroundRemovalException">The matte ends where the image shows no edge.</exception>
    internal static void ThrowIfDoubtful(MattingContext context)
    {
        if (context.Background.IsNeutral && new MatteJudge(context).IsDoubtful)
        {
            throw new BackgroundRemovalException(
                BackgroundRemovalError.NoEdges,
                $"expected a subject with an outline but received one that has the background's own colour, {ToHex(context.Background.MeanColour)}, along much of it.");
        }
    }

    private static (BackgroundRemovalError Error, string Message)? FindProblem(Dimensions size) => size.PixelCount <= BackgroundLimits.MaxPixels ? null : (
        BackgroundRemovalError.TooLarge,
        $"expected at most {BackgroundLimits.MaxPixels / 1_000_000} megapixels but received {size} ({size.PixelCount / 1e6:0.0} megapixels).");

    internal static (BackgroundRemovalError Error, string Message)? FindProblem(BackgroundReport report) => FindProblem(report.Size) ?? report switch
    {
        { TransparentShare: > BackgroundLimits.MaxTransparentShare } => (
            BackgroundRemovalError.AlreadyTransparent,
            $"expected an opaque image but received one of which {FormatPercent(report.TransparentShare)} is transparent."),
        { LooksLikeCheckerboard: true } => (
            BackgroundRemovalError.Checkerboard,
            "expected one plain colour behind the subject but received a painted checkerboard, which only looks like transparency."),
        { IsUniform: false } => (BackgroundRemovalError.NonUniformBackground, $"expected one plain colour behind the subject but received {DescribeBackground(report)}."),
        { ForegroundShare: < BackgroundLimits.MinForegroundShare } => (
            BackgroundRemovalError.NoForeground,
            $"expected a subject in front of the background but received an image that is {ToHex(report.Background)} all over."),
        { IsDistinct: false } => (
            BackgroundRemovalError.LowContrast,
            $"expected a subject that differs from the background by at least {BackgroundLimits.MinContrast:0} of 255 levels but received one that differs by {report.Contrast:0} from {ToHex(report.Background)}."),
        _ => null,
    };

    private static string DescribeBackground(BackgroundReport report) => report switch
    {
        { Drift: >= BackgroundLimits.MaxDrift } => "a background whose colour changes along the border",
        { Noise: >= BackgroundLimits.MaxNoise } => "a background with a texture",
        _ => $"a border of which only {FormatPercent(report.BorderShare)} is near its most frequent colour, {ToHex(report.Background)}",
    };

    private static string FormatPercent(double share) => share.ToString(share is > 0 and < 0.1 ? "0.0 %" : "0 %");

    private static string ToHex(Colour colour) => $"#{colour.Red:x2}{colour.Green:x2}{colour.Blue:x2}";
}
