using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests.Matting;

/// <summary>How a backdrop and the way to the file depart from the ideal.</summary>
public enum Degradation
{
    None,
    Noise,
    Vignette,
    Jpeg,
}

/// <summary>A drawn subject in front of a backdrop, as an encoded image.</summary>
internal static class SceneComposer
{
    internal static EncodedImage Compose(SubjectDrawing drawing, Colour backdrop, Degradation wear = Degradation.None)
    {
        using var image = Image.FromPixels(new Dimensions(drawing.Size, drawing.Size), Pixels(drawing, backdrop, wear));
        using var opaque = image.Flatten(Colour.Black);
        var format = wear is Degradation.Jpeg ? new SaveOptions { Format = ImageFormat.Jpeg, Quality = 85 } : new SaveOptions { Format = ImageFormat.Png, Effort = 0 };
        return EncodedImage.FromMemory(opaque.Encode(format));
    }

    private static byte[] Pixels(SubjectDrawing drawing, Colour backdrop, Degradation wear)
    {
        var random = new Random(11);
        var pixels = new byte[drawing.Size * drawing.Size * 4];
        ReadOnlySpan<byte> behind = [backdrop.Red, backdrop.Green, backdrop.Blue];
        for (var place = 0; place < drawing.Size * drawing.Size; place++)
        {
            var light = wear is Degradation.Vignette ? Light(place % drawing.Size, place / drawing.Size, drawing.Size) : 1;
            for (var channel = 0; channel < 3; channel++)
            {
                var noise = wear is Degradation.Noise ? (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 4 : 0;
                pixels[(place * 4) + channel] = (byte)Math.Clamp(Math.Round(drawing.CompositeOver(place, channel, behind[channel] * light) + noise), 0, 255);
            }

            pixels[(place * 4) + 3] = 255;
        }

        return pixels;
    }

    /// <summary>Ten per cent darker in the corners.</summary>
    private static float Light(int x, int y, int size)
    {
        var (u, v) = ((2f * x / size) - 1, (2f * y / size) - 1);
        return 1 - (0.05f * ((u * u) + (v * v)));
    }
}
