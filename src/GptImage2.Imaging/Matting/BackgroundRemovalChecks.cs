using System.Globalization;
using GptImage2.Imaging.Matting.Background;
using GptImage2.Imaging.Matting.Inspection;

namespace GptImage2.Imaging.Matting;

/// <summary>Decides from the facts whether a cut would be bad, and says what was measured.</summary>
internal static class BackgroundRemovalChecks
{
    internal static (BackgroundRemovalError Reason, string Message)? FindProblem(BackgroundReport report) => report switch
    {
        { TransparentShare: > BackgroundLimits.MaxTransparentShare } =>
            (BackgroundRemovalError.AlreadyTransparent, FormatInvariant($"expected an opaque picture but received one of which {FormatPercent(report.TransparentShare)} is see-through.")),
        { LooksLikeCheckerboard: true } =>
            (BackgroundRemovalError.Checkerboard, "expected one plain colour behind the subject but received a painted checkerboard, which only looks like transparency."),
        { IsUniform: false } => (BackgroundRemovalError.NonUniformBackground, DescribeNonUniform(report)),
        { ForegroundShare: < BackgroundLimits.MinForegroundShare } =>
            (BackgroundRemovalError.NoForeground, FormatInvariant($"expected a subject in front of the backdrop but received a picture that is {ToHex(report.Background)} all over.")),
        { IsDistinct: false } => (BackgroundRemovalError.LowContrast, FormatInvariant(
            $"expected a subject that differs from the backdrop by at least {BackgroundLimits.MinContrast:0} of 255 levels but received one that differs by {report.Contrast:0} from {ToHex(report.Background)}.")),
        _ => null,
    };

    private static string DescribeNonUniform(BackgroundReport report) => report switch
    {
        { Drift: >= BackgroundLimits.MaxDrift } => FormatInvariant(
            $"expected one plain colour behind the subject but received a backdrop whose colour changes by {report.Drift:0} of 255 levels along the border."),
        { Noise: >= BackgroundLimits.MaxNoise } => FormatInvariant(
            $"expected one plain colour behind the subject but received a backdrop with a texture of {report.Noise:0.0} of 255 levels."),
        _ => FormatInvariant(
            $"expected one plain colour behind the subject but received a border of which only {FormatPercent(report.BorderShare)} is near its commonest colour, {ToHex(report.Background)}."),
    };

    private static string FormatPercent(double share) => share.ToString(share is > 0 and < 0.1 ? "0.0 %" : "0 %", CultureInfo.InvariantCulture);

    private static string ToHex(Colour colour) => FormatInvariant($"#{colour.Red:x2}{colour.Green:x2}{colour.Blue:x2}");

    private static string FormatInvariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
