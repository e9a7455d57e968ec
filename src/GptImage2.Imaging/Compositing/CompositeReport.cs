namespace GptImage2.Imaging.Compositing;

/// <summary>What pasting back did, measured on the pixels that were written.</summary>
public sealed record CompositeReport
{
    /// <summary>Size of the result, which is the upright original's.</summary>
    public required Dimensions Size { get; init; }

    /// <summary>Share of the picture that lies in the region, 0 to 1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Share of the region's pixels that differ from the original, 0 to 1.</summary>
    public required double ChangedInside { get; init; }

    /// <summary>Share of all other pixels that differ from the original, 0 to 1; 0 where they are kept.</summary>
    public required double ChangedOutside { get; init; }

    /// <summary>How far the model's colours are from the original's beside the seam, 0 to 255: small areas are averaged first, so texture counts little.</summary>
    public required double ColourShift { get; init; }

    /// <summary>The original was CMYK; the result, all of it, is sRGB.</summary>
    public bool CmykConverted { get; init; }

    /// <summary>The model drew colours; the original's grey profile holds none, so the result is grey.</summary>
    public bool GreyKept { get; init; }

    /// <summary>The model drew colours; the grey original became RGB, its own pixels with equal red, green and blue.</summary>
    public bool BecameColour { get; init; }

    /// <summary>The region was mostly transparent; it became as opaque as what was drawn there.</summary>
    public bool AlphaRevealed { get; init; }

    /// <summary>The original had more than 8 bits a channel; the result has 8, because its format holds no more.</summary>
    public bool BecameEightBit { get; init; }

    /// <summary>The original's colours were converted to sRGB, because the format holds no such pixels with their profile.</summary>
    public bool ProfileConverted { get; init; }
}
