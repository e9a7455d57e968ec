using System.Numerics;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Algorithms;

/// <summary>The pixels of an image: red, green, blue, straight alpha, one byte each, row by row.</summary>
internal sealed class RgbaBuffer(int width, int height, byte[] rgba)
{
    /// <summary>Alpha that counts as opaque: one service's opaque pixels peak at 254, and the difference is invisible.</summary>
    internal const byte OpaqueThreshold = 250;

    internal int Width => width;

    internal int Height => height;

    internal int PixelCount => width * height;

    internal int ShorterEdge => Math.Min(width, height);

    internal byte[] Rgba => rgba;

    internal Vector3 ColourAt(int index)
    {
        var pixel = rgba.AsSpan(index * 4, 3);
        return new Vector3(pixel[0], pixel[1], pixel[2]);
    }

    internal static RgbaBuffer FromImage(Image image) => new(image.Size.Width, image.Size.Height, image.ToRgbaBytes());

    internal double TransparentShare()
    {
        long count = 0;
        for (var i = 3; i < rgba.Length; i += 4)
        {
            count += rgba[i] < OpaqueThreshold ? 1 : 0;
        }

        return (double)count / PixelCount;
    }
}
