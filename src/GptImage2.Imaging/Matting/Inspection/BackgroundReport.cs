namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>The background of an image, and whether its subject can be told apart from it. Levels are steps of an 8-bit channel.</summary>
public sealed record BackgroundReport
{
    /// <summary>Size of the upright image.</summary>
    public required Dimensions Size { get; init; }

    /// <summary>Mean colour along the border; <see cref="Colour.Transparent"/> for an image that is already cut out.</summary>
    public required Colour Background { get; init; }

    /// <summary>One uniform colour: noise, compression artefacts and a slight gradient or vignette are allowed, texture and scenes are not.</summary>
    public required bool IsUniform { get; init; }

    /// <summary>Standard deviation of the background in levels.</summary>
    public required double Noise { get; init; }

    /// <summary>Range of the background's colour along the border, in levels.</summary>
    public required double Drift { get; init; }

    /// <summary>Share of the border that shows the background, 0 to 1.</summary>
    public required double BorderShare { get; init; }

    public required bool HasAlpha { get; init; }

    /// <summary>Share of pixels that are not opaque, 0 to 1; alpha of 250 and more counts as opaque.</summary>
    public required double TransparentShare { get; init; }

    /// <summary>The edges that the subject touches.</summary>
    public required ImageEdges TouchedEdges { get; init; }

    /// <summary>Something in the image differs clearly from the background.</summary>
    public required bool IsDistinct { get; init; }

    /// <summary>Median over the subject of its difference from the background, in levels of the channel that differs most; 0 without a subject.</summary>
    public required double Contrast { get; init; }

    /// <summary>Share of pixels that belong to the subject, 0 to 1.</summary>
    public required double ForegroundShare { get; init; }

    /// <summary>Grey and white squares are painted where transparency was intended.</summary>
    public required bool LooksLikeCheckerboard { get; init; }
}

/// <summary>Edges of an image.</summary>
[Flags]
public enum ImageEdges
{
    None = 0,
    Left = 1,
    Top = 2,
    Right = 4,
    Bottom = 8,
}
