using GptImage2.Imaging.Matting;

namespace GptImage2.Generation.Finishing;

/// <summary>Says what is wrong with a picture that should be transparent.</summary>
internal static class TransparencyCheck
{
    /// <returns>A sentence without its subject; null where pixels really are see-through.</returns>
    public static string? Doubt(AlphaReport report) => report switch
    {
        { Kind: AlphaKind.Transparent } => null,
        { LooksLikeCheckerboard: true } => "is not transparent: a checkerboard was painted instead.",
        { Kind: AlphaKind.Opaque } => "is not transparent: it has an alpha channel, but every pixel is opaque.",
        _ => "is not transparent: it has no alpha channel.",
    };
}
