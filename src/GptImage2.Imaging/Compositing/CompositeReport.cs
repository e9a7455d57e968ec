namespace GptImage2.Imaging.Compositing;

/// <summary>What a composite changed, measured on the pixels that were written.</summary>
public sealed record CompositeReport
{
    /// <summary>Size of the result: the upright original's.</summary>
    public required Dimensions Size { get; init; }

    /// <summary>The region's share of the image, 0 to 1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Share of the region's pixels that differ from the original, 0 to 1.</summary>
    public required double ChangedInside { get; init; }

    /// <summary>Share of all other pixels that differ from the original, 0 to 1; 0 when they are kept.</summary>
    public required double ChangedOutside { get; init; }

    /// <summary>Mean difference between the model's colours, matched if they were, and the original's along the seam, 0 to 255. Small cells are averaged first, so texture counts little.</summary>
    public required double ColourShift { get; init; }

    /// <summary>How the model's colours were matched to the original's; null where that was not wanted.</summary>
    public ColourMatch? Colours { get; init; }

    /// <summary>The original was CMYK; the whole result is sRGB.</summary>
    public bool CmykConverted { get; init; }

    /// <summary>The model drew colours, but the original's grey profile cannot represent them: the result is grey.</summary>
    public bool GreyKept { get; init; }

    /// <summary>The model drew colours: the grey original became RGB, its own pixels with equal channels.</summary>
    public bool BecameColour { get; init; }

    /// <summary>The region was mostly transparent; it became as opaque as what the model drew.</summary>
    public bool AlphaRevealed { get; init; }

    /// <summary>What was drawn into that region was cut out of its backdrop.</summary>
    public bool CutOut { get; init; }

    /// <summary>That backdrop is all that was drawn there.</summary>
    public bool NothingDrawn { get; init; }

    /// <summary>The original had more than 8 bits a channel; the result has 8 because its format holds no more.</summary>
    public bool BecameEightBit { get; init; }

    /// <summary>A png would hold all that the original has, depth and profile.</summary>
    public bool PngKeepsAll { get; init; }

    /// <summary>The original's profile can be read and not be written to, as those of scanners and cameras: the whole result is 8-bit sRGB.</summary>
    public bool ProfileUnwritable { get; init; }

    /// <summary>What a lossy format did to the pixels outside; null where it is lossless, or they are the model's.</summary>
    public Reencoding? Reencoding { get; init; }

    /// <summary>Kinds of metadata that the original has and the result does not, in words.</summary>
    public IReadOnlyList<string> MetadataDropped { get; init; } = [];

    /// <summary>The original was converted to sRGB because the format cannot hold its pixels with their profile.</summary>
    public bool ProfileConverted { get; init; }
}

/// <summary>The model's colours against the original's, on the ring around the region that both show.</summary>
/// <param name="Applied">Whether they were corrected: where nothing was to be corrected, or the ring does not show the same, they are as drawn.</param>
/// <param name="Before">Mean difference as drawn, in levels of 255; 0 where there was too little to compare.</param>
/// <param name="After">What remains of it, or would.</param>
public sealed record ColourMatch(bool Applied, double Before, double After);
