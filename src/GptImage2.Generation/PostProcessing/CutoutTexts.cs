using GptImage2.Imaging.Matting.Verification;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Says what is in doubt of a cut-out, and what to do about it.</summary>
public static class CutoutTexts
{
    /// <param name="id">Of the image.</param>
    public static string Describe(string id, CutoutFinding finding) => $"Image {id}: " + finding switch
    {
        { Kind: CutoutFindingKind.StrayPixels, Count: 1 } => $"a speck of {Place(finding)}, away from the subject. Erase it where it is no part of it.",
        { Kind: CutoutFindingKind.StrayPixels } => $"{finding.Count} specks away from the subject, the largest of {Place(finding)}. Erase what is no part of it.",
        { Kind: CutoutFindingKind.Halo } =>
            $"a rim of the old backdrop along {finding.Share:P0} of its edge, which shows on {(finding.Light is true ? "darker" : "lighter")} grounds. "
            + "Use it on a ground like the old one, or call remove_background for the original with another method, or draw it again with cutout: true.",
        { Kind: CutoutFindingKind.EdgeContact } =>
            $"the subject is cropped by the border: {string.Join(", ", finding.Borders!.Select(border => $"{border.Edge.ToString().ToLowerInvariant()} ({border.Share:P0} of it)"))}. "
            + "Place it against that border, or have an original with space around it.",
        { Kind: CutoutFindingKind.Checkerboard } =>
            $"painted squares are left in place of transparency, {Place(finding)}. They are opaque: erase them there, or draw the image anew on a plain backdrop (cutout: true).",
        { Kind: CutoutFindingKind.SeeThrough } => $"{finding.Share:P1} of it is half transparent inside, within {Place(finding)}, though the rest is solid. Look at it over a dark and a light ground.",
        _ => $"its outline has a gap, {Place(finding)}. Look at it there.",
    };

    private static string Place(CutoutFinding finding) => finding.Area is { } area ? $"{area.Size} at {area.Left},{area.Top}" : "";
}
