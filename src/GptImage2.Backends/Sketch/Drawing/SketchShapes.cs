using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A sun and some hills: enough for the eye to see a picture and not a gradient.</summary>
internal static class SketchShapes
{
    private const int HillCount = 3;

    /// <param name="unit">A hundredth of the shorter edge, in pixels.</param>
    public static Image DrawSunAndHills(Image ground, IReadOnlyList<Colour> palette, double unit, Random random)
    {
        var picture = DrawSun(ground, unit, random);
        for (var hill = 0; hill < HillCount; hill++)
        {
            using var below = picture;
            picture = DrawHill(below, Darken(palette[(hill + 1) % palette.Count], 0.9 - (0.14 * hill)), hill, unit, random);
        }

        return picture;
    }

    private static Image DrawSun(Image ground, double unit, Random random)
    {
        var size = (int)((26 + random.Next(12)) * unit);
        using var disc = DrawDisc(size, size, new Colour(255, 250, 232), 0.75);
        var x = (int)(ground.Size.Width * (0.2 + (random.NextDouble() * 0.5)));
        return ground.Overlay(disc, x, (int)(ground.Size.Height * (0.16 + (random.NextDouble() * 0.16))));
    }

    /// <summary>The top of a disc so wide that the picture's sides cut it off.</summary>
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
        // Drawn small and blown up: a soft edge suits a sketch, and the mask costs far less.
        var edge = Math.Clamp(Math.Max(width, height) / 3, 100, 1000);
        using var square = Image.FromColour(new Dimensions(edge, edge), colour);
        using var disc = square.RoundCorners(edge / 2.0);
        using var sheer = disc.WithOpacity(opacity);
        return sheer.Resize(new Dimensions(width, height));
    }

    private static Colour Darken(Colour colour, double light) =>
        new((byte)(colour.Red * light), (byte)(colour.Green * light), (byte)(colour.Blue * light));
}
