namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>
/// Gives every pixel a touch of the palette and a little grain, as a real model does that is asked to keep an image:
/// each channel changes by at least one level and by no more than <see cref="MaxChange"/>.
/// </summary>
internal static class SketchRepaint
{
    /// <summary>Levels of 255.</summary>
    public const int MaxChange = 6;

    private const double TintStrength = 4;

    /// <returns>New pixels; alpha stays.</returns>
    public static byte[] Apply(ReadOnlySpan<byte> rgba, Dimensions size, IReadOnlyList<Colour> palette, Random random)
    {
        var (here, there) = (ComputeTint(palette[0]), ComputeTint(palette[1 % palette.Count]));
        var (across, down) = (CreateWave(size.Width, random), CreateWave(size.Height, random));
        var grain = CreateGrain(random);
        var painted = new byte[rgba.Length];
        for (var y = 0; y < size.Height; y++)
        {
            var row = y * size.Width * 4;
            Row(rgba.Slice(row, size.Width * 4), painted.AsSpan(row, size.Width * 4), random.Next(grain.Length), down[y]);
        }

        return painted;

        void Row(ReadOnlySpan<byte> from, Span<byte> to, int start, double wave)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var share = (int)(128 + (127 * wave * across[x]));
                var noise = grain[(start + x) & (grain.Length - 1)];
                for (var channel = 0; channel < 3; channel++)
                {
                    var shift = ((here[channel] * share) + (there[channel] * (256 - share)) + noise) >> 16;
                    to[(x * 4) + channel] = ApplyShift(from[(x * 4) + channel], shift);
                }

                to[(x * 4) + 3] = from[(x * 4) + 3];
            }
        }
    }

    private static byte ApplyShift(byte value, int shift)
    {
        var shifted = Math.Clamp(value + shift, 0, 255);
        return (byte)(shifted != value ? shifted : value < 128 ? value + 1 : value - 1);
    }

    /// <summary>A colour's pull on each channel, in 256ths of a level: its hue, and a touch of its lightness.</summary>
    private static int[] ComputeTint(Colour colour)
    {
        double[] channels = [colour.Red, colour.Green, colour.Blue];
        var light = channels.Average();
        var hue = Math.Max(1, channels.Max(channel => Math.Abs(channel - light)));
        return [.. channels.Select(channel => (int)(256 * TintStrength * ((0.75 * (channel - light) / hue) + (light > 128 ? 0.25 : -0.25))))];
    }

    /// <summary>One slow swing from edge to edge.</summary>
    private static double[] CreateWave(int length, Random random)
    {
        var (start, swings) = (random.NextDouble() * 2 * Math.PI, (1 + random.NextDouble()) * Math.PI / length);
        return [.. Enumerable.Range(0, length).Select(at => Math.Sin(start + (at * swings)))];
    }

    /// <summary>Up to a level and a half either way, in 65536ths of one; also what rounds to whole levels without steps.</summary>
    private static int[] CreateGrain(Random random) => [.. Enumerable.Range(0, 1 << 14).Select(_ => 32768 + random.Next(-98304, 98305))];
}
