namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>Whether a picture is transparent, or only looks so.</summary>
/// <param name="Kind">What its alpha channel is worth.</param>
/// <param name="TransparentShare">Share of pixels that are really see-through, 0 to 1; alpha of 250 and more counts as opaque.</param>
/// <param name="LooksLikeCheckerboard">Grey and white squares are painted where transparency was meant.</param>
public sealed record AlphaReport(AlphaKind Kind, double TransparentShare, bool LooksLikeCheckerboard);
