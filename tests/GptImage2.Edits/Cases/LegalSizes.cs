using GptImage2.Imaging;

namespace GptImage2.Edits.Cases;

/// <summary>Every size that the service draws, counted out from its published rules.</summary>
internal static class LegalSizes
{
    public static readonly Dimensions[] Sizes =
    [
        .. from width in Enumerable.Range(1, 240)
           from height in Enumerable.Range(1, 240)
           let size = new Dimensions(width * 16, height * 16)
           where width <= 3 * height && height <= 3 * width && size.PixelCount is >= 655_360 and <= 8_294_400
           select size,
    ];

    /// <summary>Whether any holds so many pixels as they are.</summary>
    public static bool AnyHolds(int width, int height) => Sizes.Any(size => size.Width >= width && size.Height >= height);
}
