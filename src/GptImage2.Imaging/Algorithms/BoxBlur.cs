namespace GptImage2.Imaging.Algorithms;

/// <summary>A box blur of RGB by running sums, in constant time a pixel whatever the radius; edge pixels are repeated.</summary>
internal sealed class BoxBlur
{
    private readonly int _width;
    private readonly byte[] _averages;

    internal BoxBlur(RgbaBuffer pixels, int radius)
    {
        _width = pixels.Width;
        _averages = new byte[pixels.PixelCount * 3];
        var sums = new int[pixels.Width * 3];
        for (var y = -radius; y <= radius; y++)
        {
            AddRow(pixels, Math.Clamp(y, 0, pixels.Height - 1), sums, 1);
        }

        for (var y = 0; y < pixels.Height; y++)
        {
            AverageRow(sums, _averages.AsSpan(y * _width * 3, _width * 3), radius);
            AddRow(pixels, Math.Max(y - radius, 0), sums, -1);
            AddRow(pixels, Math.Min(y + radius + 1, pixels.Height - 1), sums, 1);
        }
    }

    internal ReadOnlySpan<byte> GetRow(int y) => _averages.AsSpan(y * _width * 3, _width * 3);

    private static void AddRow(RgbaBuffer pixels, int y, int[] sums, int sign)
    {
        var row = pixels.GetRow(y);
        for (var x = 0; x < pixels.Width; x++)
        {
            sums[x * 3] += sign * row[x * 4];
            sums[(x * 3) + 1] += sign * row[(x * 4) + 1];
            sums[(x * 3) + 2] += sign * row[(x * 4) + 2];
        }
    }

    private static void AverageRow(int[] columns, Span<byte> row, int radius)
    {
        var last = (columns.Length / 3) - 1;
        var area = ((2 * radius) + 1) * ((2 * radius) + 1);
        for (var channel = 0; channel < 3; channel++)
        {
            var sum = 0;
            for (var x = -radius; x <= radius; x++)
            {
                sum += columns[(Math.Clamp(x, 0, last) * 3) + channel];
            }

            for (var x = 0; x <= last; x++)
            {
                row[(x * 3) + channel] = (byte)((sum + (area / 2)) / area);
                sum += columns[(Math.Min(x + radius + 1, last) * 3) + channel] - columns[(Math.Max(x - radius, 0) * 3) + channel];
            }
        }
    }
}
