using System.Numerics;
using System.Runtime.Intrinsics;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Algorithms;

/// <summary>The pixels of an image: red, green, blue, straight alpha, one byte each, row by row.</summary>
internal sealed record RgbaBuffer(int Width, int Height, byte[] Rgba)
{
    /// <summary>Alpha that counts as opaque: one service's opaque pixels peak at 254, and the difference is invisible.</summary>
    internal const byte OpaqueThreshold = 250;

    internal int PixelCount => Width * Height;

    internal int ShorterEdge => Math.Min(Width, Height);

    /// <summary>All channels are converted at once: this is called several times a pixel.</summary>
    internal Vector3 ColourAt(int index)
    {
        var bytes = Vector128.CreateScalar(MemoryMarshal.Read<uint>(Rgba.AsSpan(index * 4, 4))).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32()).AsVector3();
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
