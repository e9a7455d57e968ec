using GptImage2.Generation.Errors;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Regions;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>Everything decided about an edit of a part: which pixels, how softly, and what of the picture is sent.</summary>
/// <param name="LazyMask">Which pixels change; of a plan that was written down they are read only when they are needed.</param>
/// <param name="Feather">In pixels of the original.</param>
/// <param name="Warnings">What the caller should know although nothing is wrong.</param>
public sealed record RegionPlan(Lazy<RegionMask> LazyMask, int Feather, CanvasPlacement Placement, OutsidePixels Outside, IReadOnlyList<string> Warnings)
{
    /// <summary>Which pixels change.</summary>
    /// <exception cref="ImageException">They were written down, and the file is gone.</exception>
    /// <exception cref="UnreadableImageException">They were written down, and the file is damaged.</exception>
    public RegionMask Mask => LazyMask.Value;
}
