namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>What lies behind the subject of a picture, and whether the two can be told apart. Levels are steps of an 8-bit channel.</summary>
public sealed record BackgroundReport
{
    /// <summary>The upright picture, in pixels.</summary>
    public required Dimensions Size { get; init; }

    /// <summary>The colour along the border; <see cref="Colour.Transparent"/> where the border is mostly see-through.</summary>
    public required Colour Background { get; init; }

    /// <summary>One plain colour: noise, compression and a slight gradient or vignette are allowed, texture and scenes are not.</summary>
    public required bool IsUniform { get; init; }

    /// <summary>Noise of the backdrop, in levels (standard deviation).</summary>
    public required double Noise { get; init; }

    /// <summary>How far the backdrop's colour wanders across the picture, in levels.</summary>
    public required double Drift { get; init; }

    /// <summary>Share of the border that shows the backdrop, 0 to 1.</summary>
    public required double BorderShare { get; init; }

    public required bool HasAlpha { get; init; }

    /// <summary>Share of pixels that are really see-through, 0 to 1; alpha of 250 and more counts as opaque.</summary>
    public required double TransparentShare { get; init; }

    /// <summary>The edges that the subject touches.</summary>
    public required ImageEdges TouchedEdges { get; init; }

    /// <summary>Something in the picture differs clearly from the backdrop.</summary>
    public required bool IsDistinct { get; init; }

    /// <summary>How far the subject is from the backdrop, in levels of the channel that differs most (median over the subject); 0 without one.</summary>
    public required double Contrast { get; init; }

    /// <summary>Share of pixels that belong to the subject, 0 to 1.</summary>
    public required double ForegroundShare { get; init; }

    /// <summary>Grey and white squares are painted where transparency was meant.</summary>
    public required bool LooksLikeCheckerboard { get; init; }
}
