using System.IO.Compression;
using GptImage2.Imaging;

namespace GptImage2.Testing.Images;

/// <summary>An image that nothing can compress: three bytes a pixel, 25 MB at 3840x2160.</summary>
public static class NoisePng
{
    /// <summary>The same seed gives the same bytes.</summary>
    public static byte[] Create(Dimensions size, int seed) => PngEncoder.Encode(size, alpha: false, CompressionLevel.NoCompression, pixels =>
    {
        var random = new Random(seed);
        var row = new byte[size.Width * 3 + 1];
        for (var y = 0; y < size.Height; y++)
        {
            random.NextBytes(row);
            row[0] = 0;
            pixels.Write(row);
        }
    });
}
