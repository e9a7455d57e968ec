namespace GptImage2.Imaging.Tests.Compositing;

/// <summary>
/// A surface as photographs and drawings have them, and the same as a model redraws it: with other colours, in some softer and moved by a pixel.
/// </summary>
/// <param name="Shift">What the model does to the values of 0 to 255 of each channel.</param>
internal sealed record Surface(string Name, Func<int, int, Random, (double Red, double Green, double Blue)> Paint, (double Gain, double Offset)[] Shift)
{
    internal static readonly Dimensions Size = new(420, 320);

    /// <summary>Three per cent brighter, and warmer by half as much.</summary>
    private static readonly (double Gain, double Offset)[] Brighter = [(1.045, 0), (1.03, 0), (1.015, 0)];

    /// <summary>Lifted by three per cent of the range, and warmer.</summary>
    private static readonly (double Gain, double Offset)[] Lifted = [(1, 9.5), (1, 7.65), (1, 5)];

    /// <summary>Three per cent darker and flatter, and cooler.</summary>
    private static readonly (double Gain, double Offset)[] Flatter = [(0.95, 0), (0.97, 0), (0.97, 3.5)];

    internal static readonly Surface[] All =
    [
        new("flat middle grey", (_, _, _) => Grey(128), Brighter),
        new("flat light grey", (_, _, _) => Grey(214), Brighter),
        new("flat dark grey", (_, _, _) => Grey(38), Lifted),
        new("white wall with noise", (_, _, random) => Grey(205 + Noise(random, 4)), Brighter),
        new("grey wall with much noise", (_, _, random) => Grey(120 + Noise(random, 14)), Lifted),
        new("warm wall, lit from the left", (x, y, random) => (190 - (x / 6.0) + Noise(random, 3), 170 - (x / 6.0) + Noise(random, 3), 140 - (x / 7.0) + (y / 30.0)), Flatter),
        new("gradient across", (x, _, _) => Grey(40 + (x * 0.45)), Brighter),
        new("gradient down, of two colours", (_, y, _) => (60 + (y * 0.4), 90 + (y * 0.2), 180 - (y * 0.3)), Flatter),
        new("sky at noon", (_, y, random) => (90 + (y * 0.35) + Noise(random, 1.5), 140 + (y * 0.25) + Noise(random, 1.5), 215 + (y * 0.08) + Noise(random, 1.5)), Brighter),
        new("sky at dusk", (x, y, _) => (70 + (y * 0.5), 50 + (y * 0.25) + (x * 0.02), 100 - (y * 0.1)), Lifted),
        new("clouds", (x, y, _) => Grey(170 + (40 * Math.Sin(x / 31.0) * Math.Sin((y / 23.0) + (x / 90.0)))), Brighter),
        new("grass", (x, y, random) => (70 + Noise(random, 18), 120 + Noise(random, 22) + (10 * Math.Sin(x / 40.0)), 40 + (y / 20.0) + Noise(random, 10)), Brighter),
        new("fabric", (x, y, random) => (120 + (20 * Math.Sin(x * 1.1)) + (20 * Math.Sin(y * 1.1)) + Noise(random, 4), 80 + (14 * Math.Sin(x * 1.1)), 70 + (12 * Math.Sin(y * 1.1))), Flatter),
        new("wood", (x, y, random) => Wood(150 + (25 * Math.Sin((y / 7.0) + (2 * Math.Sin(x / 60.0)))) + Noise(random, 5)), Brighter),
        new("bricks", (x, y, random) => y % 24 < 4 || (x + (y / 24 % 2 * 30)) % 60 < 4 ? Grey(185 + Noise(random, 4)) : (165 + Noise(random, 7), 82 + Noise(random, 5), 62 + Noise(random, 5)), Lifted),
        new("saturated red", (x, _, random) => (205 + (x / 30.0), 24 + Noise(random, 2), 30), Brighter),
        new("saturated blue", (_, y, random) => (15, 45 + (y / 20.0), 190 + Noise(random, 3)), Lifted),
        new("night", (x, y, random) => (14 + (x / 40.0) + Noise(random, 2), 16 + (y / 40.0), 30 + (y / 20.0) + Noise(random, 2)), Lifted),
        new("page of text", (x, y, random) => y % 16 < 9 && (x / 3 * 7919 ^ y / 3 * 104729) % 5 < 2 ? Grey(38 + Noise(random, 3)) : (244, 241, 232), Brighter),
        new("wide stripes", (x, y, _) => (x + y) / 20 % 2 is 0 ? (228, 224, 210) : (44, 62, 104), Flatter),
        new("narrow stripes", (x, _, _) => x / 3 % 2 is 0 ? Grey(196) : Grey(92), Brighter),
        new("snow, nearly white", (x, y, random) => Grey(236 + (6 * Math.Sin(x / 50.0) * Math.Sin(y / 35.0)) + Noise(random, 1.5)), Flatter),
    ];

    public override string ToString() => Name;

    /// <summary>Four bytes a pixel.</summary>
    internal byte[] Draw()
    {
        var random = new Random(Name.Length);
        var pixels = new byte[Size.PixelCount * 4];
        for (var i = 0; i < pixels.Length; i += 4)
        {
            var (red, green, blue) = Paint(i / 4 % Size.Width, i / 4 / Size.Width, random);
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (Level(red), Level(green), Level(blue), 255);
        }

        return pixels;
    }

    /// <summary>What a model would draw if it had the eyes for colours that it lacks.</summary>
    /// <param name="redrawn">Softer, and moved by one pixel to the right and down.</param>
    internal static byte[] Redraw(byte[] original, bool redrawn)
    {
        if (!redrawn)
        {
            return original;
        }

        var softer = new byte[original.Length];
        for (var i = 0; i < original.Length; i++)
        {
            var (x, y) = (i / 4 % Size.Width, i / 4 / Size.Width);
            softer[i] = Level(Enumerable.Range(0, 9).Average(near => At(original, x - 2 + (near % 3), y - 2 + (near / 3), i % 4)));
        }

        return softer;
    }

    internal byte[] ShiftColours(byte[] drawn) =>
        [.. drawn.Select((value, i) => i % 4 is 3 ? value : Level((value * Shift[i % 4].Gain) + Shift[i % 4].Offset))];

    private static double At(byte[] pixels, int x, int y, int channel) =>
        pixels[(((Math.Clamp(y, 0, Size.Height - 1) * Size.Width) + Math.Clamp(x, 0, Size.Width - 1)) * 4) + channel];

    private static (double Red, double Green, double Blue) Grey(double level) => (level, level, level);

    private static (double Red, double Green, double Blue) Wood(double level) => (level, level * 0.7, level * 0.45);

    /// <summary>Roughly normal: the sum of four.</summary>
    private static double Noise(Random random, double deviation) =>
        deviation * 1.732 * (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2);

    private static byte Level(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
