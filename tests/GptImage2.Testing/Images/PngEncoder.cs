using System.Buffers.Binary;
using System.IO.Compression;
using GptImage2.Imaging;

namespace GptImage2.Testing.Images;

/// <summary>Draws small real PNG files with nothing but the framework, so that no test depends on what it tests.</summary>
public static class PngEncoder
{
    /// <summary>Rows of colour from left to right; the same seed gives the same bytes. With alpha, the outer quarters are clear.</summary>
    public static byte[] Gradient(Dimensions size, int seed, bool alpha = false) =>
        Encode(size, alpha, CompressionLevel.Fastest, pixels =>
        {
            var first = FirstRow(size.Width, seed, alpha);
            pixels.WriteByte(0);
            pixels.Write(first);

            // Filter 2 says "as the row above"; zeros cost next to nothing at any size.
            var same = new byte[first.Length + 1];
            same[0] = 2;
            for (var row = 1; row < size.Height; row++)
            {
                pixels.Write(same);
            }
        });

    /// <param name="write">Writes every row: its filter byte, then its samples.</param>
    public static byte[] Encode(Dimensions size, bool alpha, CompressionLevel level, Action<Stream> write)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n\x1a\n"u8]);
        PngChunk.Write(file, "IHDR"u8, Header(size, alpha));

        using (var pixels = new PngDataStream(file))
        {
            using var deflate = new ZLibStream(pixels, level);
            write(deflate);
        }

        PngChunk.Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(Dimensions size, bool alpha)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size.Height);
        header[8] = 8;
        header[9] = alpha ? (byte)6 : (byte)2;
        return header;
    }

    private static byte[] FirstRow(int width, int seed, bool alpha)
    {
        var samples = alpha ? 4 : 3;
        var row = new byte[width * samples];
        for (var x = 0; x < width; x++)
        {
            var pixel = row.AsSpan(x * samples);
            pixel[0] = (byte)(seed * 67);
            pixel[1] = (byte)(seed * 29 + 40);
            pixel[2] = (byte)(x * 255L / width);
            if (alpha)
            {
                pixel[3] = x < width / 4 || x >= width - width / 4 ? (byte)0 : (byte)255;
            }
        }

        return row;
    }
}
