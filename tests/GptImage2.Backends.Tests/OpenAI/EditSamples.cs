using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;

namespace GptImage2.Backends.Tests.OpenAI;

/// <summary>Requests with images, and the images.</summary>
internal static class EditSamples
{
    public static readonly Dimensions Size = new(64, 48);

    public static byte[] Mask => PngEncoder.Gradient(Size, 1, alpha: true);

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

    public static RenderInputs PngInputs(int count) => Inputs(Enumerable.Range(1, count).Select(seed => FromBytes(PngEncoder.Gradient(Size, seed))));

    public static RenderInputImage FromBytes(byte[] bytes, ImageFormat format = ImageFormat.Png) => FromBytes(EncodedImage.FromMemory(bytes), format);

    public static RenderInputImage FromBytes(EncodedImage image, ImageFormat format = ImageFormat.Png) => new(image, format, Size, "object");

    /// <summary>More than all buffers between here and a server that does not read.</summary>
    public static RenderInputs LargeInputs => Inputs(FromBytes(new byte[40_000_000]));

    public static byte[] Encoded(ImageFormat format)
    {
        using var picture = Image.FromColour(Size, Colour.White);
        return picture.Encode(new SaveOptions { Format = format });
    }
}
