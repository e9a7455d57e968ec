using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A soft ground, a sun and some hills: enough for the eye to see an image and not a gradient.</summary>
internal static class SketchLandscape
{
    private const int HillCount = 3;

    public static Image Draw(Dimensions size, IReadOnlyList<Colour> palette, Random random)
    {
        var unit = Math.Min(size.Width, size.Height) / 100.0;
        using var ground = DrawGround(size, palette, random);
        var sun = (26 + random.Next(12)) * unit;
        var drawn = AddDisc(ground, sun, sun, new Colour(255, 250, 232), 0.2 + (random.NextDouble() * 0.5), 0.16 + (random.NextDouble() * 0.16));
        for (var hill = 0; hill < HillCount; hill++)
        {
            // The top of a disc so wide that the image's sides cut it off.
            using var below = drawn;
            var width = size.Width * (0.9 + (random.NextDouble() * 0.6));
            var left = (hill * 0.38) - 0.1 + (random.NextDouble() * 0.2) - (width / 3 / size.Width);
            var colour = Scale(palette[(hill + 1) % palette.Count], 0.9 - (0.14 * hill));
            drawn = AddDisc(below, width, Math.Max(60 * unit, size.Height * 0.8), colour, left, 0.52 + (0.07 * hill));
        }

        return drawn;
    }

    /// <summary>A handful of colours, enlarged until they blend into each other.</summary>
    private static Image DrawGround(Dimensions size, IReadOnlyList<Colour> palette, Random random)
    {
        var cells = Enumerable.Range(0, 4 * 3).Select(_ => Scale(palette[random.Next(palette.Count)], 0.85 + (random.NextDouble() * 0.3)));
        using var small = Image.FromPixels(new Dimensions(4, 3), [.. cells.SelectMany(colour => (byte[])[colour.Red, colour.Green, colour.Blue, 255])]);
        return small.Resize(size);
    }

    /// <param name="left">As a share of the image's width.</param>
    /// <param name="top">As a share of its height.</param>
    private static Image AddDisc(Image below, double width, double height, Colour colour, double left, double top)
    {
        // Drawn small and enlarged: a soft edge suits a sketch, and the mask costs far less.
        var edge = (int)Math.Clamp(Math.Max(width, height) / 3, 100, 1000);
        using var square = Image.FromColour(new Dimensions(edge, edge), colour);
        using var disc = square.RoundCorners(edge / 2.0);
        using var translucent = disc.WithOpacity(0.8);
        using var enlarged = translucent.Resize(new Dimensions((int)Math.Ceiling(width), (int)Math.Ceiling(height)));
        return below.Overlay(enlarged, (int)(below.Size.Width * left), (int)(below.Size.Height * top));
    }

    private static Colour Scale(Colour colour, double light)
    {
        return new Colour(Channel(colour.Red), Channel(colour.Green), Channel(colour.Blue));

        byte Channel(byte value) => (byte)Math.Clamp(value * light, 0, 255);
    }
}
