using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Rendering;

/// <summary>The images that go to a service with a request, already as it accepts them.</summary>
/// <param name="Images">In the order in which the prompt numbers them; empty for a prompt alone.</param>
/// <param name="Mask">A PNG of the first image's size: where it is transparent, that image is to change. Null without one.</param>
public sealed record RenderInputs(IReadOnlyList<RenderInputImage> Images, RenderInputImage? Mask)
{
    public static RenderInputs None { get; } = new([], null);
}

/// <param name="Image">Its bytes, upright and in sRGB.</param>
/// <param name="Format">What the bytes are: one of the profile's input formats.</param>
/// <param name="Caption">A word for people: its role, or "mask".</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal digits.</param>
public sealed record RenderInputImage(EncodedImage Image, ImageFormat Format, Dimensions Size, string Caption, string Sha256 = "");
