using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests.Matting.DualBackground;

/// <summary>A square of one colour in the middle of a backdrop.</summary>
internal static class FlatScene
{
    /// <summary>Of the image, in pixels.</summary>
    internal const int Edge = 160;

    internal static EncodedImage Create(Colour backdrop, Colour middle)
    {
        using var ground = Image.FromColour(new Dimensions(Edge, Edge), backdrop);
        using var square = Image.FromColour(new Dimensions(Edge / 2, Edge / 2), middle);
        using var scene = ground.Overlay(square, Edge / 4, Edge / 4);
        using var opaque = scene.Flatten(Colour.Black);
        return EncodedImage.FromMemory(opaque.Encode(new SaveOptions { Format = ImageFormat.Png }));
    }
}
