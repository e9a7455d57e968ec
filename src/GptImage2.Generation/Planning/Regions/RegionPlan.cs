using GptImage2.Generation.Requests;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Regions;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>Everything decided about an edit of a region: which pixels, how softly, and what of the image is sent.</summary>
/// <param name="LazyMask">Which pixels change; those of a persisted plan are read only when needed.</param>
/// <param name="Feather">In pixels of the original.</param>
/// <param name="Warnings">What the caller should know although nothing is wrong.</param>
/// <param name="MatchColours">Whether the model's colours are brought back to the image's.</param>
/// <param name="Backdrop">What is sent in place of transparency where the part is empty, so that what is drawn there can be cut out; null elsewhere, and for a plan that was read back, whose request has it.</param>
public sealed record RegionPlan(
    Lazy<RegionMask> LazyMask, int Feather, CanvasPlacement Placement, OutsidePixels Outside, IReadOnlyList<string> Warnings, bool MatchColours = true, ChromaKey? Backdrop = null)
{
    /// <exception cref="ImageException">The persisted file is gone.</exception>
    /// <exception cref="UnreadableImageException">The persisted file is damaged.</exception>
    public RegionMask Mask => LazyMask.Value;
}
