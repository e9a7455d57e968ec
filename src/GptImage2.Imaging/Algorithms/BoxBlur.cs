using System.Numerics;

namespace GptImage2.Imaging.Algorithms;

/// <summary>A box blur of the colours by running sums, in constant time a pixel whatever the radius; edge pixels are repeated. Alpha becomes 0.</summary>
internal static class BoxBlur
{
    internal static RgbaBuffer Blur(RgbaBuffer pixels, int radius)
    {
        var averages = new byte[pixels.PixelCount * 4];
        var sums = new Vector3[pixels.Width];
        for (var y = -radius; y <= radius; y++)
        {
            AddRow(pixels, y, sums, 1);
        }

        for (var y = 0; y < pixels.Height; y++)
        {
            AverageRow(sums, averages.AsSpan(y * pixels.Width * 4, pixels.Width * 4), radius);
            AddRow(pixels, y - radius, sums, -1);
            AddRow(pixels, y + radius + 1, sums, 1);
        }

        return new RgbaBuffer(pixels.Width, pixels.Height, averages);
    }

    private static void AddRow(RgbaBuffer pixels, int y, Vector3[] sums, int sign)
    {
        var start = Math.Clamp(y, 0, pixels.Height - 1) * pixels.Width;
        for (var x = 0; x < sums.Length; x++)
        {
            sums[x] += sign * pixels.ColourAt(start + x);
        }
    }

    /// <summary>Sums and averages are whole numbers far below 2^24, which single precision holds exactly.</summary>
    private static void AverageRow(Vector3[] columns, Span<byte> row, int radius)
    {
        var last = columns.Length - 1;
        var area = ((2 * radius) + 1) * ((2 * radius) + 1);
        var sum = new Vector3(area / 2);
        for (var x = -radius; x <= radius; x++)
        {
            sum += columns[Math.Clamp(x, 0, last)];
        }

        for (var x = 0; x <= last; x++)
        {
            var average = sum / area;
            (row[x * 4], row[(x * 4) + 1], row[(x * 4) + 2]) = ((byte)average.X, (byte)average.Y, (byte)average.Z);
            sum += columns[Math.Min(x + radius + 1, last)] - columns[Math.Max(x - radius, 0)];
        }
    }
}
