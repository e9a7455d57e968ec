using System.Numerics;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Algorithms;

/// <summary>The pixels of an image: red, green, blue, straight alpha, one byte each, row by row.</summary>
internal sealed record RgbaBuffer(int Width, int Height, byte[] Rgba)
{
    /// <summary>Alpha that counts as opaque: one service's opaque pixels peak at 254, and the difference is invisible.</summary>
    internal const byte OpaqueThreshold = 250;

    internal int PixelCount => Width * Height;

    internal int ShorterEdge => Math.Min(Width, Height);

    internal Vector3 ColourAt(int index)
    {
        var pixel = Rgba.AsSpan(index * 4, 3);
        return new Vector3(pixel[0], pixel[1], pixel[2]);
    }

    internal static RgbaBuffer FromImage(Image image) => new(image.Size.Width, image.Size.Height, image.ToRgbaBytes());

    internal double TransparentShare()
    {
        long count = 0;
        for (var i = 3; i < Rgba.Length; i += 4)
        {
            count += Rgba[i] < OpaqueThreshold ? 1 : 0;
        }

        return (double)count / PixelCount;
    }
}
