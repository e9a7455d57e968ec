namespace GptImage2.Mcp.Terminal.Pictures;

/// <summary>
/// Writes pixels as DEC sixels: bands six rows high, each drawn once for every colour in it, in which a character is a column of six pixels. The
/// colours are six levels a channel, dithered by a 4x4 Bayer matrix (Bayer 1973), which every terminal with 256 registers can show.
/// </summary>
internal static class SixelEncoder
{
    private const int Levels = 6;
    private const int BandHeight = 6;
    private const char NoPixels = '?';

    /// <summary>Longer runs are written with a count.</summary>
    private const int MaxPlainRun = 3;

    private static readonly byte[] Bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

    /// <param name="rgba">Row by row; alpha is not looked at.</param>
    public static string Encode(ReadOnlySpan<byte> rgba, Dimensions size)
    {
        var sixels = new StringBuilder($"\eP0;1;0q\"1;1;{size.Width};{size.Height}");
        AddRegisters(sixels);
        var colours = FindColours(rgba, size);
        for (var top = 0; top < size.Height; top += BandHeight)
        {
            AddBand(sixels, colours, size, top);
        }

        return sixels.Append("\e\\").ToString();
    }

    /// <summary>By register: red, green and blue in percent.</summary>
    private static void AddRegisters(StringBuilder sixels)
    {
        for (var register = 0; register < Levels * Levels * Levels; register++)
        {
            sixels.Append(CultureInfo.InvariantCulture, $"#{register};2;{Percent(register / (Levels * Levels))};{Percent(register / Levels % Levels)};{Percent(register % Levels)}");
        }

        static int Percent(int level) => level * 100 / (Levels - 1);
    }

    private static byte[] FindColours(ReadOnlySpan<byte> rgba, Dimensions size)
    {
        var colours = new byte[size.Width * size.Height];
        for (var i = 0; i < colours.Length; i++)
        {
            var threshold = (Bayer[(i / size.Width % 4 * 4) + (i % size.Width % 4)] + 0.5f) / Bayer.Length;
            var (red, green, blue) = (Level(rgba[i * 4], threshold), Level(rgba[(i * 4) + 1], threshold), Level(rgba[(i * 4) + 2], threshold));
            colours[i] = (byte)((((red * Levels) + green) * Levels) + blue);
        }

        return colours;

        static int Level(byte value, float threshold) => (int)((value * (Levels - 1) / 255f) + threshold);
    }

    private static void AddBand(StringBuilder sixels, byte[] colours, Dimensions size, int top)
    {
        var rows = Math.Min(BandHeight, size.Height - top);
        var band = colours.AsSpan(top * size.Width, rows * size.Width);
        var line = new char[size.Width];
        for (var register = 0; register < Levels * Levels * Levels; register++)
        {
            if (band.Contains((byte)register))
            {
                FillLine(line, band, size.Width, (byte)register);
                sixels.Append('#').Append(register);
                AddRuns(sixels, line);

                // Back to the start of the band, for the next colour.
                sixels.Append('$');
            }
        }

        sixels.Append('-');
    }

    private static void FillLine(char[] line, ReadOnlySpan<byte> band, int width, byte register)
    {
        Array.Fill(line, NoPixels);
        for (var i = 0; i < band.Length; i++)
        {
            line[i % width] += (char)(band[i] == register ? 1 << (i / width) : 0);
        }
    }

    private static void AddRuns(StringBuilder sixels, ReadOnlySpan<char> line)
    {
        while (line is not [])
        {
            var length = line.IndexOfAnyExcept(line[0]) is > 0 and var end ? end : line.Length;
            _ = length > MaxPlainRun ? sixels.Append('!').Append(length).Append(line[0]) : sixels.Append(line[0], length);
            line = line[length..];
        }
    }
}
