using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Masks;

/// <summary>What a mask picture says.</summary>
public sealed record MaskReadResult
{
    public required RegionMask Region { get; init; }

    public required MaskKind Kind { get; init; }

    /// <summary>The mask's own size where it differs from the picture's; null where it fits.</summary>
    public Dimensions? ScaledFrom { get; init; }
}
