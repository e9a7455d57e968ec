using GptImage2.Imaging.Previews;

namespace GptImage2.Generation.Requests;

/// <summary>What a caller was shown of an image.</summary>
/// <param name="Area">Which part, in pixels of the upright original.</param>
/// <param name="Size">How large it was shown, in pixels; null where that is not known, on a sheet, and because hosts scale down what is larger than a preview.</param>
public sealed record DisplayedView(PixelArea Area, Dimensions? Size)
{
    /// <summary>A preview of the whole image, as results show it.</summary>
    public static DisplayedView ForWholeImage(Dimensions original) => new(PixelArea.FromSize(original), PreviewOptions.FitWithin(original));

    /// <summary>The image itself: seen as it is only where it is no larger than a preview.</summary>
    public static DisplayedView ForFile(Dimensions original) =>
        new(PixelArea.FromSize(original), PreviewOptions.FitWithin(original) == original ? original : null);

    /// <summary>A tile of a sheet, whose pixels are not the image's own.</summary>
    public static DisplayedView OnSheet(Dimensions original) => new(PixelArea.FromSize(original), null);
}
