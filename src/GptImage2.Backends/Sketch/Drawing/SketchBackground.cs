using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A handful of colours, blown up until they melt into each other.</summary>
internal static class SketchBackground
{
    public static Image Draw(Dimensions size, IReadOnlyList<Colour> palette, Random random)
    {
        var cells = new Dimensions(4, 3);
        var pixels = new byte[cells.Width * cells.Height * 4];
        for (var cell = 0; cell < pixels.Length / 4; cell++)
        {
            var colour = palette[random.Next(palette.Count)];
            var light = 0.85 + (random.NextDouble() * 0.3);
            pixels[cell * 4] = ScaleChannel(colour.Red, light);
            pixels[(cell * 4) + 1] = ScaleChannel(colour.Green, light);
            pixels[(cell * 4) + 2] = ScaleChannel(colour.Blue, light);
            pixels[(cell * 4) + 3] = 255;
        }

        using var small = Image.FromPixels(cells, pixels);
        return small.Resize(size);
    }

    private static byte ScaleChannel(byte channel, double light) => (byte)Math.Clamp(channel * light, 0, 255);
}
