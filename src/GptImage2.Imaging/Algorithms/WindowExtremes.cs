namespace GptImage2.Imaging.Algorithms;

/// <summary>The least or the largest value in a square window around each pixel, clipped to the image: grey erosion and dilation.</summary>
internal static class WindowExtremes
{
    internal static byte[] Find(byte[] values, Dimensions size, int radius, bool largest)
    {
        var (rows, result) = (new byte[values.Length], new byte[values.Length]);
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var (left, right) = (Math.Max(0, x - radius), Math.Min(size.Width - 1, x + radius));
                rows[(y * size.Width) + x] = Extreme(values.AsSpan((y * size.Width) + left, right - left + 1), largest);
            }
        }

        Span<byte> column = stackalloc byte[(2 * radius) + 1];
        for (var y = 0; y < size.Height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - radius), Math.Min(size.Height - 1, y + radius));
            for (var x = 0; x < size.Width; x++)
            {
                for (var row = top; row <= bottom; row++)
                {
                    column[row - top] = rows[(row * size.Width) + x];
                }

                result[(y * size.Width) + x] = Extreme(column[..(bottom - top + 1)], largest);
            }
        }

        return result;
    }

    private static byte Extreme(ReadOnlySpan<byte> values, bool largest)
    {
        var extreme = values[0];
        foreach (var value in values[1..])
        {
            extreme = largest ? Math.Max(extreme, value) : Math.Min(extreme, value);
        }

        return extreme;
    }
}
