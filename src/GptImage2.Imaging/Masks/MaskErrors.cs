namespace GptImage2.Imaging.Masks;

/// <summary>A mask that cannot be used safely. The message is "expected … but received …" plus a remedy, and is safe to show.</summary>
public sealed class UnusableMaskException : Exception
{
    internal UnusableMaskException(string message)
        : base(message)
    {
    }
}

/// <summary>Why a mask is rejected and what to send instead. Written for a model that has only this text.</summary>
internal static class MaskErrors
{
    private const string MaskConventions =
        "Transparent pixels mark what changes and opaque ones what stays; in a mask without transparency white changes and black stays.";

    internal static UnusableMaskException AspectRatioMismatch(Dimensions mask, Dimensions image) => new(
        $"expected a mask of {image}, the image's upright size, or of the same aspect ratio, but received {mask}. Draw the mask over the whole upright image; {NearestSize(mask, image)}.");

    internal static UnusableMaskException FullyTransparent() => new(
        $"expected a mask but received an image that is transparent everywhere. {MaskConventions}");

    internal static UnusableMaskException NotAMask(double extremes) => new(
        $"expected a mask, that is an image with transparent and opaque parts or one in black and white, but received an opaque image of which only {extremes:0%} is black or white. {MaskConventions} Or describe the region by shapes instead.");

    internal static UnusableMaskException SelectsNothing(MaskKind kind, bool inverted) => new(
        $"expected a mask that changes a part of the image but received one that changes nothing: {DescribeMissing(kind, !inverted)}. {InvertAdvice(inverted)} or mark the part that is to change.");

    internal static UnusableMaskException SelectsEverything(MaskKind kind, bool inverted) => new(
        $"expected a mask that changes a part of the image but received one that changes all of it: {DescribeMissing(kind, inverted)}. {InvertAdvice(inverted)}, mark only the part that is to change, or edit the whole image without a mask.");

    internal static UnusableMaskException AmbiguousAlpha(double coverage) => new(
        $"expected an unambiguous mask but received one colour on a transparent background, which may be strokes over what should change or a cut-out of what should stay. Say which: invert false changes the transparent {coverage:0%} of the image, invert true changes the painted {1 - coverage:0%}.");

    internal static UnusableMaskException AmbiguousPolarity(double coverage) => new(
        $"expected an unambiguous mask but received a white one with black inside, and white would change {coverage:0%} of the image, its border included. Say which: invert false changes the white {coverage:0%}, invert true changes the black {1 - coverage:0%}.");

    /// <summary>Names what the mask does not contain.</summary>
    private static string DescribeMissing(MaskKind kind, bool high) => (kind, high) switch
    {
        (MaskKind.Alpha, true) => "at the image's size no pixel of it is transparent",
        (MaskKind.Alpha, false) => "at the image's size no pixel of it is opaque",
        (MaskKind.BlackAndWhite, true) => "it has no white",
        _ => "it has no black",
    };

    private static string InvertAdvice(bool inverted) => inverted ? "Leave invert out" : "Set invert to true";

    private static string NearestSize(Dimensions mask, Dimensions image)
    {
        var height = Math.Max(1, Math.Round((double)mask.Width * image.Height / image.Width));
        return $"at its width it would be {mask.Width}x{height}";
    }
}
