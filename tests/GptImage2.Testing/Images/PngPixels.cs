using System.IO.Compression;
using GptImage2.Imaging;

namespace GptImage2.Testing.Images;

/// <summary>Pixels in memory: red, green, blue and alpha, row by row.</summary>
public sealed record PngPixels(Dimensions Size, byte[] Rgba)
{
    public Span<byte> this[int x, int y] => Rgba.AsSpan((y * Size.Width + x) * 4, 4);

    /// <summary>All pixels of a row.</summary>
    public Span<byte> Row(int y) => Rgba.AsSpan(y * Size.Width * 4, Size.Width * 4);

    /// <summary>Whether any pixel is fully transparent.</summary>
    public bool HasClearPixel
    {
        get
        {
            for (var at = 3; at < Rgba.Length; at += 4)
            {
                if (Rgba[at] == 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>As a PNG file, with alpha or without.</summary>
    public byte[] Encode(bool alpha) => PngEncoder.Encode(Size, alpha, CompressionLevel.Fastest, rows =>
    {
        var samples = alpha ? 4 : 3;
        var row = new byte[Size.Width * samples + 1];
        for (var y = 0; y < Size.Height; y++)
        {
            var pixels = Row(y);
            for (int from = 0, to = 1; to < row.Length; from += 4, to += samples)
            {
                pixels.Slice(from, samples).CopyTo(row.AsSpan(to));
            }

            rows.Write(row);
        }
    });
}
