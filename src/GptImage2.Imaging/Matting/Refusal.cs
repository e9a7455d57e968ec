using System.Globalization;

namespace GptImage2.Imaging.Matting;

/// <summary>Decides from the facts whether a cut would be bad, and says what was measured.</summary>
internal static class Refusal
{
    internal static (CutProblem Reason, string Message)? Of(BackdropReport report) => report switch
    {
        { SeeThroughShare: > BackdropRules.MostSeeThrough } =>
            (CutProblem.AlreadyTransparent, Say($"expected an opaque picture but received one of which {Percent(report.SeeThroughShare)} is see-through.")),
        { LooksLikeCheckerboard: true } =>
            (CutProblem.Checkerboard, "expected one plain colour behind the subject but received a painted checkerboard, which only looks like transparency."),
        { IsFlat: false } => (CutProblem.BusyBackdrop, Busy(report)),
        { SubjectShare: < BackdropRules.LeastSubject } =>
            (CutProblem.NothingThere, Say($"expected a subject in front of the backdrop but received a picture that is {Name(report.Backdrop)} all over.")),
        { IsDistinct: false } => (CutProblem.SubjectLikeBackdrop, Say(
            $"expected a subject that differs from the backdrop by at least {BackdropRules.LeastContrast:0} of 255 levels but received one that differs by {report.Contrast:0} from {Name(report.Backdrop)}.")),
        _ => null,
    };

    private static string Busy(BackdropReport report) => report switch
    {
        { Drift: >= BackdropRules.MostDrift } => Say(
            $"expected one plain colour behind the subject but received a backdrop whose colour changes by {report.Drift:0} of 255 levels along the border."),
        { Roughness: >= BackdropRules.MostNoise } => Say(
            $"expected one plain colour behind the subject but received a backdrop with a texture of {report.Roughness:0.0} of 255 levels."),
        _ => Say(
            $"expected one plain colour behind the subject but received a border of which only {Percent(report.BorderShare)} is near its commonest colour, {Name(report.Backdrop)}."),
    };

    private static string Percent(double share) => share.ToString(share is > 0 and < 0.1 ? "0.0 %" : "0 %", CultureInfo.InvariantCulture);

    private static string Name(Colour colour) => Say($"#{colour.Red:x2}{colour.Green:x2}{colour.Blue:x2}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
