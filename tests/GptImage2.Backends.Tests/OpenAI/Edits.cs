using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Pictures;

namespace GptImage2.Backends.Tests.OpenAI;

/// <summary>Requests with pictures, and the pictures.</summary>
internal static class Edits
{
    public static readonly Dimensions Size = new(64, 48);

    public static byte[] Mask => Png.Gradient(Size, 1, alpha: true);

    public static EditRequest References(int count) => new()
    {
        Prompt = "a fox",
        Size = new Dimensions(1024, 1024),
        References = [.. Enumerable.Range(0, count).Select(index => new Reference { Image = "a.png", Argument = $"references[{index}].image" })],
    };

    public static InpaintRequest Inpaint(string? mask = null) => new()
    {
        Prompt = "a fox",
        Size = new Dimensions(1024, 1024),
        Image = new Reference { Image = "a.png", Argument = "image" },
        Mask = mask,
    };

    public static RenderInputs Inputs(params IEnumerable<RenderInputImage> images) => new([.. images], null);

    public static RenderInputs Pngs(int count) => Inputs(Enumerable.Range(1, count).Select(seed => Of(Png.Gradient(Size, seed))));

    public static RenderInputImage Of(byte[] bytes, ImageFormat format = ImageFormat.Png) => Of(EncodedImage.FromMemory(bytes), format);

    public static RenderInputImage Of(EncodedImage image, ImageFormat format = ImageFormat.Png) => new(image, format, Size, "object");

    /// <summary>More than all buffers between here and a server that does not read.</summary>
    public static RenderInputs Endless => Inputs(Of(new byte[40_000_000]));

    public static byte[] Encoded(ImageFormat format)
    {
        using var picture = Image.FromColour(Size, Colour.White);
        return picture.Encode(new SaveOptions { Format = format });
    }
}
