namespace GptImage2.Testing.Images;

/// <summary>Turns the inflated rows of a PNG file into pixels.</summary>
internal sealed class PngRowDecoder(PngHeader header, byte[] rows, byte[] palette, byte[] paletteAlpha)
{
    private readonly int _distance = Math.Max(1, header.Samples * header.Depth / 8);

    public PngPixels Decode()
    {
        var pixels = new PngPixels(header.Size, new byte[header.Size.Width * header.Size.Height * 4]);
        var at = 0;
        foreach (var pass in header.Passes)
        {
            var length = header.RowLength(pass);
            var above = new byte[length];
            for (var y = 0; y < pass.Height; y++)
            {
                var row = rows.AsSpan(at + 1, length).ToArray();
                Unfilter(rows[at], row, above);
                PlaceRow(pass, y, row, pixels);
                (above, at) = (row, at + 1 + length);
            }
        }

        return pixels;
    }

    private void Unfilter(byte filter, byte[] row, byte[] above)
    {
        PngFile.Require(filter <= 4, "no such filter");
        if (filter == 0)
        {
            return;
        }

        // Left of the first pixel there is nothing, which counts as zero.
        var first = Math.Min(_distance, row.Length);
        for (var i = 0; i < first; i++)
        {
            row[i] += (byte)(filter is 2 or 4 ? above[i] : filter is 3 ? above[i] / 2 : 0);
        }

        switch (filter)
        {
            case 1:
                for (var i = first; i < row.Length; i++)
                {
                    row[i] += row[i - first];
                }

                break;
            case 2:
                for (var i = first; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (var i = first; i < row.Length; i++)
                {
                    row[i] += (byte)((row[i - first] + above[i]) / 2);
                }

                break;
            default:
                for (var i = first; i < row.Length; i++)
                {
                    row[i] += (byte)Paeth(row[i - first], above[i], above[i - first]);
                }

                break;
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private void PlaceRow(PngPass pass, int y, byte[] row, PngPixels pixels)
    {
        if (header is { ColourType: 6, Depth: 8, Interlaced: false })
        {
            row.CopyTo(pixels.Rgba, y * row.Length);
            return;
        }

        if (header is { ColourType: 2, Depth: 8, Interlaced: false })
        {
            PlaceRgb(row, pixels.Rgba.AsSpan(y * pass.Width * 4, pass.Width * 4));
            return;
        }

        for (var x = 0; x < pass.Width; x++)
        {
            var pixel = pixels[pass.X + x * pass.StepX, pass.Y + y * pass.StepY];
            var first = x * header.Samples;
            if (header.ColourType == 3)
            {
                LookUpPalette(Sample(row, first), pixel);
                continue;
            }

            var colour = header.ColourType is 2 or 6;
            pixel[0] = ReadGrey(row, first);
            pixel[1] = colour ? ReadGrey(row, first + 1) : pixel[0];
            pixel[2] = colour ? ReadGrey(row, first + 2) : pixel[0];
            pixel[3] = header.HasAlpha ? Alpha(row, first + header.Samples - 1) : (byte)255;
        }
    }

    private static void PlaceRgb(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        for (int from = 0, to = 0; from < row.Length; from += 3, to += 4)
        {
            (pixels[to], pixels[to + 1], pixels[to + 2], pixels[to + 3]) = (row[from], row[from + 1], row[from + 2], 255);
        }
    }

    private void LookUpPalette(int index, Span<byte> pixel)
    {
        PngFile.Require(index * 3 < palette.Length, "a colour that the palette does not have");
        palette.AsSpan(index * 3, 3).CopyTo(pixel);
        pixel[3] = index < paletteAlpha.Length ? paletteAlpha[index] : (byte)255;
    }

    private int Sample(byte[] row, int index) => header.Depth switch
    {
        8 => row[index],
        16 => row[index * 2] << 8 | row[index * 2 + 1],
        var depth => row[index * depth / 8] >> (8 - depth - index * depth % 8) & ((1 << depth) - 1),
    };

    private byte ReadGrey(byte[] row, int index) => header.Depth switch
    {
        8 => row[index],
        16 => row[index * 2],
        var depth => (byte)(Sample(row, index) * 255 / ((1 << depth) - 1)),
    };

    /// <summary>Only what is wholly transparent in sixteen bits is so in eight.</summary>
    private byte Alpha(byte[] row, int index) =>
        ReadGrey(row, index) is var shade and > 0 ? shade : Sample(row, index) == 0 ? (byte)0 : (byte)1;
}
