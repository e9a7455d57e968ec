using System.Globalization;

namespace GptImage2.Imaging.Masks;

/// <summary>Why a mask is not followed, and what to send instead. Written for a model that has nothing but this text.</summary>
internal static class MaskErrors
{
    private const string MaskConventions =
        "Transparent pixels mark what changes and opaque ones what stays; in a mask without transparency white changes and black stays.";

    internal static UnusableMaskException AspectRatioMismatch(Dimensions mask, Dimensions image) => CreateException(
        $"expected a mask of {image}, the picture's upright size, or of the same shape, but received {mask}. Draw the mask over the whole upright picture; {NearestSize(mask, image)}.");

    internal static UnusableMaskException FullyTransparent() => CreateException(
        $"expected a mask but received a picture that is transparent everywhere. {MaskConventions}");

    internal static UnusableMaskException NotAMask(double extremes) => CreateException(
        $"expected a mask, that is a picture with transparent and opaque parts or one in black and white, but received an opaque picture of which only {extremes:0%} is black or white. {MaskConventions} Or describe the region by shapes instead.");

    internal static UnusableMaskException SelectsNothing(MaskKind kind, bool inverted) => CreateException(
        $"expected a mask that changes a part of the picture but received one that changes nothing: {DescribeMissing(kind, !inverted)}. {InvertAdvice(inverted)} or mark the part that is to change.");

    internal static UnusableMaskException SelectsEverything(MaskKind kind, bool inverted) => CreateException(
        $"expected a mask that changes a part of the picture but received one that changes all of it: {DescribeMissing(kind, inverted)}. {InvertAdvice(inverted)}, mark only the part that is to change, or edit the whole picture without a mask.");

    internal static UnusableMaskException AmbiguousAlpha(double coverage) => CreateException(
        $"expected a mask whose meaning is certain but received one colour on a transparent ground, which may be strokes over what should change or a cut-out of what should stay. Say which: invert false changes the transparent {coverage:0%} of the picture, invert true changes the painted {1 - coverage:0%}.");

    internal static UnusableMaskException AmbiguousPolarity(double coverage) => CreateException(
        $"expected a mask whose meaning is certain but received a white one with black inside, and white would change {coverage:0%} of the picture, its border included. Say which: invert false changes the white {coverage:0%}, invert true changes the black {1 - coverage:0%}.");

    /// <summary>What the mask has none of.</summary>
    private static string DescribeMissing(MaskKind kind, bool high) => (kind, high) switch
    {
        (MaskKind.Alpha, true) => "at the picture's size no pixel of it is transparent",
        (MaskKind.Alpha, false) => "at the picture's size no pixel of it is opaque",
        (MaskKind.BlackAndWhite, true) => "it has no white",
        _ => "it has no black",
    };

    private static string InvertAdvice(bool inverted) => inverted ? "Leave invert out" : "Set invert to true";

    private static string NearestSize(Dimensions mask, Dimensions image)
    {
        var height = Math.Max(1, Math.Round((double)mask.Width * image.Height / image.Width));
        return string.Create(CultureInfo.InvariantCulture, $"at its width it would be {mask.Width}x{height}");
    }

    private static UnusableMaskException CreateException(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}
