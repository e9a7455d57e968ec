using GptImage2.Imaging.Masks;

namespace GptImage2.Generation.Regions;

/// <summary>Everything decided about an edit of a part: which pixels, how softly, and what of the picture is sent.</summary>
/// <param name="Feather">In pixels of the original.</param>
/// <param name="Warnings">What the caller should know although nothing is wrong.</param>
public sealed record RegionPlan(RegionMask Mask, int Feather, CanvasFit Fit, OutsidePixels Outside, IReadOnlyList<string> Warnings);
