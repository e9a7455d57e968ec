using GptImage2.Imaging.Matting.Inspection;

namespace GptImage2.Imaging.Matting.Verification;

/// <summary>What a finished cut-out is taken for, and what of it is in doubt.</summary>
/// <param name="Findings">None where all is well.</param>
public sealed record CutoutReport(CutoutProfile Profile, IReadOnlyList<CutoutFinding> Findings);

/// <summary>What is expected of a cut-out.</summary>
public enum CutoutProfile
{
    /// <summary>A solid thing: no rim of the old backdrop.</summary>
    Product,

    /// <summary>Few flat colours and hard edges: no speck beside it, nothing half transparent in it.</summary>
    Icon,

    /// <summary>An outline of one colour all around.</summary>
    Sticker,

    /// <summary>Glass, smoke, a glow: see-through in large parts, so that its edges say nothing of a backdrop.</summary>
    Translucent,

    /// <summary>A solid thing with a soft shadow, which is neither a speck nor a rim.</summary>
    Shadow,
}

/// <summary>One thing that is in doubt. Places are in pixels of the cut-out.</summary>
public sealed record CutoutFinding(CutoutFindingKind Kind)
{
    /// <summary>How many specks; 1 for anything else.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Of the edge that has a rim, or of the subject that is see-through, 0 to 1.</summary>
    public double? Share { get; init; }

    /// <summary>Where it is, or the largest of it; null where it is all around.</summary>
    public PixelArea? Area { get; init; }

    /// <summary>Whether a rim is lighter than the subject.</summary>
    public bool? Light { get; init; }

    /// <summary>The borders that the subject touches.</summary>
    public IReadOnlyList<BorderContact>? Borders { get; init; }
}

/// <summary>A border of the image that the subject touches.</summary>
/// <param name="Share">Of the border that it covers, 0 to 1.</param>
public sealed record BorderContact(ImageEdges Edge, double Share);

/// <summary>What can be in doubt.</summary>
public enum CutoutFindingKind
{
    /// <summary>Specks away from the subject.</summary>
    StrayPixels,

    /// <summary>A rim of the old backdrop's colour.</summary>
    Halo,

    /// <summary>The subject touches the border of the image.</summary>
    EdgeContact,

    /// <summary>Painted squares where transparency was meant.</summary>
    Checkerboard,

    /// <summary>Half transparent, where the rest is solid.</summary>
    SeeThrough,

    /// <summary>The outline of a sticker has a gap.</summary>
    OpenOutline,
}
