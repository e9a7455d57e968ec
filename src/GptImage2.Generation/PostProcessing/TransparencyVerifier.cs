using GptImage2.Imaging.Matting.Inspection;

namespace GptImage2.Generation.PostProcessing;

/// <summary>Finds what is wrong with an image that should be transparent.</summary>
internal static class TransparencyVerifier
{
    /// <summary>A smaller transparent share is an accident at the edges, not a transparent background.</summary>
    private const double MinTransparentShare = 0.01;

    /// <returns>A sentence without its subject; null where pixels really are transparent.</returns>
    public static string? FindProblem(AlphaReport report) => report switch
    {
        { Kind: AlphaKind.Transparent, TransparentShare: >= MinTransparentShare } => null,
        { LooksLikeCheckerboard: true } => "is not transparent: a checkerboard was painted instead.",
        { Kind: AlphaKind.Transparent } => "is hardly transparent: less than 1 % of its pixels are.",
        { Kind: AlphaKind.Opaque } => "is not transparent: it has an alpha channel, but every pixel is opaque.",
        _ => "is not transparent: it has no alpha channel.",
    };
}
