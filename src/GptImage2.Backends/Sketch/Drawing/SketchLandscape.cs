using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A soft ground, a sun and some hills: enough for the eye to see an image and not a gradient.</summary>
internal static class SketchLandscape
{
    private const int HillCount = 3;

    /// <param name="unit">A hundredth of the shorter edge, in pixels.</param>
    public static Image Draw(Dimensions size, IReadOnlyList<Colour> palette, double unit, Random random)
    {
        using var ground = DrawGround(size, palette, random);
        var drawn = DrawSun(ground, unit, random);
        for (var hill = 0; hill < HillCount; hill++)
        {
            using var below = drawn;
            drawn = DrawHill(below, Darken(palette[(hill + 1) % palette.Count], 0.9 - (0.14 * hill)), hill, unit, random);
        }

        return drawn;
    }

    /// <summary>A handful of colours, enlarged until they blend into each other.</summary>
    private static Image DrawGround(Dimensions size, IReadOnlyList<Colour> palette, Random random)
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

    private static Image DrawSun(Image ground, double unit, Random random)
    {
        var size = (int)((26 + random.Next(12)) * unit);
        using var disc = DrawDisc(size, size, new Colour(255, 250, 232), 0.75);
        var x = (int)(ground.Size.Width * (0.2 + (random.NextDouble() * 0.5)));
        return ground.Overlay(disc, x, (int)(ground.Size.Height * (0.16 + (random.NextDouble() * 0.16))));
    }

    /// <summary>The top of a disc so wide that the image's sides cut it off.</summary>
    private static Image DrawHill(Image below, Colour colour, int rank, double unit, Random random)
    {
        var width = (int)(below.Size.Width * (0.9 + (random.NextDouble() * 0.6)));
        var height = (int)Math.Max(60 * unit, below.Size.Height * 0.8);
        using var disc = DrawDisc(width, height, colour, 0.82);
        var x = (int)((below.Size.Width * ((rank * 0.38) - 0.1 + (random.NextDouble() * 0.2))) - (width / 3.0));
        return below.Overlay(disc, x, (int)(below.Size.Height * (0.52 + (0.07 * rank))));
    }

    private static Image DrawDisc(int width, int height, Colour colour, double opacity)
    {
        // Drawn small and enlarged: a soft edge suits a sketch, and the mask costs far less.
        var edge = Math.Clamp(Math.Max(width, height) / 3, 100, 1000);
        using var square = Image.FromColour(new Dimensions(edge, edge), colour);
        using var disc = square.RoundCorners(edge / 2.0);
        using var translucent = disc.WithOpacity(opacity);
        return translucent.Resize(new Dimensions(width, height));
    }

    private static Colour Darken(Colour colour, double light) =>
        new((byte)(colour.Red * light), (byte)(colour.Green * light), (byte)(colour.Blue * light));
}
