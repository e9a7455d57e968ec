using System.IO.Compression;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using Microsoft.Extensions.AI;

namespace GptImage2.Extensions.AI.Tests.Hosts;

/// <summary>Images to give, and the pixels of those that come back.</summary>
internal static class Pictures
{
    public static DataContent Noise(int width, int height, int seed = 1) => new(NoisePng.Create(new Dimensions(width, height), seed), "image/png");

    /// <summary>Opaque, but for a rectangle.</summary>
    public static DataContent Mask(int width, int height, int left, int top, int right, int bottom) => new(
        PngEncoder.Encode(new Dimensions(width, height), alpha: true, CompressionLevel.Fastest, rows =>
        {
            var row = new byte[(width * 4) + 1];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    row[(x * 4) + 4] = (byte)(x >= left && x < right && y >= top && y < bottom ? 0 : 255);
                }

                rows.Write(row);
            }
        }),
        "image/png");

    public static PngPixels Decode(AIContent image) => PngFile.Read(((DataContent)image).Data.Span).Decode();

    /// <summary>How many pixels differ, inside a rectangle and outside it.</summary>
    public static (int Inside, int Outside) CountChanges(AIContent before, AIContent after, int left, int top, int right, int bottom)
    {
        var (old, fresh) = (Decode(before), Decode(after));
        fresh.Size.ShouldBe(old.Size);
        var (inside, outside) = (0, 0);
        for (var y = 0; y < old.Size.Height; y++)
        {
            for (var x = 0; x < old.Size.Width; x++)
            {
                if (!old[x, y].SequenceEqual(fresh[x, y]))
                {
                    _ = x >= left && x < right && y >= top && y < bottom ? inside++ : outside++;
                }
            }
        }

        return (inside, outside);
    }
}
