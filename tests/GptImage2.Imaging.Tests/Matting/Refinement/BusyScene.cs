using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting.Refinement;

/// <summary>A drawn subject in front of soft blotches of many colours, and what a model with eyes of a given resolution would say of it.</summary>
internal static class BusyScene
{
    internal static Image Compose(SubjectDrawing drawing)
    {
        var blotches = Blotches(drawing.Width);
        var pixels = new byte[drawing.Width * drawing.Width * 4];
        for (var i = 0; i < pixels.Length; i += 4)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                pixels[i + channel] = (byte)Math.Clamp(drawing.CompositeOver(i / 4, channel, blotches[i + channel]) + 0.5f, 0, 255);
            }

            pixels[i + 3] = 255;
        }

        return Image.FromPixels(new Dimensions(drawing.Width, drawing.Width), pixels);
    }

    /// <summary>The true alpha at a fraction of the size, and as blurred as a model's edges are.</summary>
    internal static Matte Coarse(SubjectDrawing drawing, int edge)
    {
        using var alpha = Image.FromPixels(new Dimensions(drawing.Width, drawing.Width), [.. Enumerable.Range(0, drawing.Width * drawing.Width).SelectMany(place => Grey(drawing.Alpha(place)))]);
        using var opaque = alpha.Flatten(Colour.Black);
        using var small = opaque.Resize(new Dimensions(edge, edge));
        var levels = small.ToRgbaBytes();
        return new Matte(new Dimensions(edge, edge), [.. Enumerable.Range(0, edge * edge).Select(place => MeanAround(levels, edge, place))]);
    }

    private static byte[] Blotches(int size)
    {
        var colours = new byte[9 * 9 * 4];
        new Random(4).NextBytes(colours);
        using var tiny = Image.FromPixels(new Dimensions(9, 9), [.. colours.Select((level, i) => i % 4 is 3 ? byte.MaxValue : level)]);
        using var large = tiny.Resize(new Dimensions(size, size));
        return large.ToRgbaBytes();
    }

    private static byte MeanAround(byte[] levels, int edge, int place)
    {
        var (sum, count) = (0, 0);
        for (var y = Math.Max(0, (place / edge) - 1); y <= Math.Min(edge - 1, (place / edge) + 1); y++)
        {
            for (var x = Math.Max(0, (place % edge) - 1); x <= Math.Min(edge - 1, (place % edge) + 1); x++, count++)
            {
                sum += levels[((y * edge) + x) * 4];
            }
        }

        return (byte)(sum / count);
    }

    private static byte[] Grey(float alpha) => (byte)((alpha * 255) + 0.5f) is var level ? [level, level, level, 255] : [];
}
