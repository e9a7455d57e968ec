using GptImage2.Imaging;

namespace GptImage2.Edits.Cases;

/// <summary>Decoded pixels as they are, row by row: samples of one or two bytes, low byte first.</summary>
/// <param name="Size">In pixels.</param>
/// <param name="Bands">Samples of a pixel.</param>
/// <param name="Depth">Bits of a sample: 8 or 16.</param>
/// <param name="Bytes">All of them.</param>
internal sealed record Raster(Dimensions Size, int Bands, int Depth, byte[] Bytes)
{
    public int PixelBytes => Bands * Depth / 8;

    public bool HasAlpha => Bands is 2 or 4;

    public ReadOnlySpan<byte> this[int x, int y] => Bytes.AsSpan(checked(((y * Size.Width) + x) * PixelBytes), PixelBytes);

    public ReadOnlySpan<byte> Row(int y) => Bytes.AsSpan(checked(y * Size.Width * PixelBytes), Size.Width * PixelBytes);

    /// <summary>As a viewer shows it, moved pixel by pixel as the tables of EXIF 2.32 say.</summary>
    /// <param name="orientation">1 to 8.</param>
    public Raster ApplyOrientation(int orientation)
    {
        if (orientation is 1)
        {
            return this;
        }

        var size = orientation >= 5 ? new Dimensions(Size.Height, Size.Width) : Size;
        var upright = new byte[Bytes.Length];
        for (var y = 0; y < Size.Height; y++)
        {
            for (var x = 0; x < Size.Width; x++)
            {
                var (toX, toY) = MapOrientation(orientation, x, y);
                this[x, y].CopyTo(upright.AsSpan(((toY * size.Width) + toX) * PixelBytes));
            }
        }

        return this with { Size = size, Bytes = upright };
    }

    /// <summary>Grey as three equal channels, its alpha beside them.</summary>
    public Raster ToRgb()
    {
        var (sample, bands) = (Depth / 8, Bands + 2);
        var bytes = new byte[checked((int)Size.PixelCount * bands * sample)];
        for (int from = 0, to = 0; from < Bytes.Length; from += PixelBytes, to += bands * sample)
        {
            for (var band = 0; band < bands; band++)
            {
                Bytes.AsSpan(from + (band < 3 ? 0 : sample), sample).CopyTo(bytes.AsSpan(to + (band * sample)));
            }
        }

        return this with { Bands = bands, Bytes = bytes };
    }

    /// <summary>Without an alpha that is full everywhere; for 8 bits.</summary>
    public Raster WithoutFullAlpha()
    {
        for (var at = Bands - 1; HasAlpha && at < Bytes.Length; at += Bands)
        {
            if (Bytes[at] is not 255)
            {
                return this;
            }
        }

        return HasAlpha ? this with { Bands = Bands - 1, Bytes = [.. Bytes.Chunk(Bands).SelectMany(pixel => pixel[..^1])] } : this;
    }

    private (int X, int Y) MapOrientation(int orientation, int x, int y)
    {
        var (right, bottom) = (Size.Width - 1 - x, Size.Height - 1 - y);
        return orientation switch
        {
            2 => (right, y),
            3 => (right, bottom),
            4 => (x, bottom),
            5 => (y, x),
            6 => (bottom, x),
            7 => (bottom, right),
            _ => (y, right),
        };
    }
}
