using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Testing.Matting;

/// <summary>Drawn backdrops that are anything but plain, and show nothing that could be taken for a subject.</summary>
public static class BusyScenes
{
    private static readonly Dictionary<string, Func<Dimensions, byte[]>> Drawings = new()
    {
        ["leaves"] = DrawLeaves,
        ["bricks"] = size => Paint(size, PaintBrick),
        ["books"] = size => Paint(size, PaintBook),
        ["lights"] = DrawLights,
    };

    public static IEnumerable<string> Names => Drawings.Keys;

    /// <returns>Opaque.</returns>
    public static Image Draw(string name, Dimensions size) => Image.FromPixels(size, Drawings[name](size));

    /// <summary>Several thousand ellipses of greens and browns, the later ones in front.</summary>
    private static byte[] DrawLeaves(Dimensions size)
    {
        var pixels = Paint(size, (_, _, _) => (24, 34, 20));
        var random = new Random(3);
        for (var leaf = 0; leaf < size.PixelCount / 90; leaf++)
        {
            var (x, y, turn, length) = (random.NextDouble() * size.Width, random.NextDouble() * size.Height, random.NextDouble() * Math.PI, 6 + (random.NextDouble() * 10));
            var shade = 0.4 + (random.NextDouble() * 0.8);
            (double Red, double Green, double Blue) colour = random.Next(5) is 0 ? (150 * shade, 120 * shade, 60 * shade) : (70 * shade, 130 * shade, 50 * shade);
            Fill(pixels, size, x, y, length, (dx, dy) => Math.Pow(((dx * Math.Cos(turn)) + (dy * Math.Sin(turn))) / length, 2) + Math.Pow(((dy * Math.Cos(turn)) - (dx * Math.Sin(turn))) / (0.4 * length), 2) < 1 ? 1 : 0, colour);
        }

        return pixels;
    }

    /// <summary>Lamps far out of focus, before a dark street.</summary>
    private static byte[] DrawLights(Dimensions size)
    {
        var pixels = Paint(size, (_, y, _) => (30 + (y / 12), 32 + (y / 14), 46 + (y / 16)));
        var random = new Random(4);
        for (var lamp = 0; lamp < size.PixelCount / 2500; lamp++)
        {
            var radius = 10 + (random.NextDouble() * 26);
            var (warm, strength) = (random.NextDouble(), 0.25 + (0.5 * random.NextDouble()));
            Fill(pixels, size, random.NextDouble() * size.Width, random.NextDouble() * size.Height, radius, (dx, dy) => strength * Math.Clamp(radius - Math.Sqrt((dx * dx) + (dy * dy)), 0, 4) / 4, (255, 130 + (110 * warm), 40 + (200 * warm * warm)));
        }

        return pixels;
    }

    private static (double Red, double Green, double Blue) PaintBrick(int x, int y, Random random)
    {
        var (row, grain) = (y / 22, random.Next(-14, 15));
        var column = (x + (row % 2 * 24)) / 48;
        var isMortar = y % 22 < 3 || (x + (row % 2 * 24)) % 48 < 3;
        var shade = ((row * 7) + (column * 13)) % 5 * 9;
        return isMortar ? (188 + grain, 182 + grain, 170 + grain) : (150 + shade + grain, 78 + shade + grain, 60 + (shade / 2) + grain);
    }

    private static (double Red, double Green, double Blue) PaintBook(int x, int y, Random random)
    {
        var (shelf, book) = (y / 120, x / 17);
        var hue = ((book * 47) + (shelf * 131)) % 256;
        var (isBoard, isGap, isTitle) = (y % 120 > 108, x % 17 is 0, y % 120 is > 30 and < 44);
        var grain = random.Next(-6, 7);
        return isBoard ? (96 + grain, 70 + grain, 48 + grain) : isGap ? (20, 16, 14) : isTitle ? (220 + grain, 210 + grain, 180 + grain)
            : (40 + (hue * 0.7) + grain, 40 + (((hue * 3) % 256) * 0.6) + grain, 40 + (((hue * 7) % 256) * 0.6) + grain);
    }

    private static byte[] Paint(Dimensions size, Func<int, int, Random, (double Red, double Green, double Blue)> paint)
    {
        var (pixels, random) = (new byte[size.PixelCount * 4], new Random(2));
        for (var place = 0; place < size.PixelCount; place++)
        {
            Write(pixels.AsSpan(place * 4, 4), paint(place % size.Width, place / size.Width, random), 1);
        }

        return pixels;
    }

    private static void Fill(byte[] pixels, Dimensions size, double x, double y, double reach, Func<double, double, double> cover, (double Red, double Green, double Blue) colour)
    {
        for (var row = (int)Math.Max(0, y - reach); row < Math.Min(size.Height, y + reach); row++)
        {
            for (var column = (int)Math.Max(0, x - reach); column < Math.Min(size.Width, x + reach); column++)
            {
                Write(pixels.AsSpan(((row * size.Width) + column) * 4, 4), colour, cover(column - x, row - y));
            }
        }
    }

    private static void Write(Span<byte> pixel, (double Red, double Green, double Blue) colour, double cover)
    {
        pixel[0] = (byte)Math.Clamp(pixel[0] + ((colour.Red - pixel[0]) * cover), 0, 255);
        pixel[1] = (byte)Math.Clamp(pixel[1] + ((colour.Green - pixel[1]) * cover), 0, 255);
        pixel[2] = (byte)Math.Clamp(pixel[2] + ((colour.Blue - pixel[2]) * cover), 0, 255);
        pixel[3] = 255;
    }
}
