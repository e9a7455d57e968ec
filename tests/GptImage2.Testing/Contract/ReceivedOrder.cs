using GptImage2.Imaging;

namespace GptImage2.Testing.Contract;

/// <summary>A request to draw as a stand-in understood it, in the words that all vendors share.</summary>
/// <param name="Quality">In the names of <see cref="Generation.Models.ImageQuality"/>; null where the vendor has no such argument.</param>
/// <param name="Background">In the names of <see cref="Generation.Models.ImageBackground"/>; null where the vendor has no such argument.</param>
/// <param name="References">The bytes of every image, in the order in which the prompt numbers them.</param>
/// <param name="Mask">Where the first of them is to change; null for everywhere.</param>
public sealed record ReceivedOrder(
    string Prompt, Dimensions Size, int Count, string? Quality, string? Background, IReadOnlyList<byte[]> References, ReceivedMask? Mask);

/// <summary>A mask, whatever the vendor's polarity.</summary>
/// <param name="Changes">Row by row: whether the pixel may change.</param>
public sealed record ReceivedMask(Dimensions Size, bool[] Changes)
{
    /// <param name="mask">A mask in which what is to change is fully transparent.</param>
    public static ReceivedMask FromClearPixels(Images.PngPixels mask) =>
        new(mask.Size, [.. Enumerable.Range(0, mask.Size.Width * mask.Size.Height).Select(pixel => mask.Rgba[(pixel * 4) + 3] == 0)]);

    /// <param name="mask">A mask in which what is to change is white.</param>
    public static ReceivedMask FromWhitePixels(Images.PngPixels mask) =>
        new(mask.Size, [.. Enumerable.Range(0, mask.Size.Width * mask.Size.Height).Select(pixel => mask.Rgba[pixel * 4] >= 128)]);
}
