using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests.Matting;

/// <summary>What may lie behind a subject, pixel by pixel, drawn over the whole image.</summary>
internal static class BackgroundImages
{
    private const int Size = 256;

    /// <summary>Like a photograph without a subject: blotches of several sizes, with grain.</summary>
    internal static EncodedImage Photograph()
    {
        var random = new Random(2);
        double[] waves = [.. Enumerable.Range(0, 24).Select(_ => random.NextDouble() * 6)];
        return Render((x, y) =>
        {
            var level = 128 + (random.NextDouble() * 30);
            for (var i = 0; i < 8; i++)
            {
                level += 16 * Math.Sin((x * (waves[i] - 3) / 20) + (y * (waves[i + 8] - 3) / 20) + waves[i + 16]);
            }

            return Grey(level, level * 0.9, level * 0.7);
        });
    }

    internal static EncodedImage Stripes(int width) => Render((x, _) => x / width % 2 == 0 ? new Colour(240, 240, 250) : new Colour(80, 120, 200));

    internal static EncodedImage Gradient() => Render((x, y) => Grey(30 + (x * 0.8), 60 + (y * 0.3), 200 - (x * 0.5)));

    internal static EncodedImage Landscape() => Render((x, y) =>
        y < 120 + (25 * Math.Sin(x / 30.0)) ? Grey(90 + (y * 0.7), 150 + (y * 0.5), 235) : Grey(60 + (x * y % 23), 110 + (x * 7 % 31), 40));

    /// <summary>Cloth: no more than some levels to each side, but everywhere.</summary>
    internal static EncodedImage Cloth() => Render((x, y) => Grey(180 + (18 * Math.Sin(x * 1.3)) + (18 * Math.Sin(y * 1.3)), 170, 150));

    internal static EncodedImage Checkerboard(int square, Colour light, Colour dark, ImageFormat format = ImageFormat.Png) =>
        Render((x, y) => ((x - 128) * (x - 128)) + ((y - 128) * (y - 128)) < 70 * 70 ? new Colour(200, 60, 40) : ((x / square) + (y / square)) % 2 == 0 ? light : dark, format);

    internal static EncodedImage Plain(Colour colour) => Render((_, _) => colour);

    /// <summary>A subject that differs by a few levels.</summary>
    internal static EncodedImage AlmostPlain(Colour colour, int difference) => Render((x, y) =>
        x is > 60 and < 190 && y is > 60 and < 190 ? Grey(colour.Red - difference, colour.Green - difference, colour.Blue - difference) : colour);

    internal static EncodedImage Render(Func<int, int, Colour> colour, ImageFormat format = ImageFormat.Png)
    {
        var pixels = new byte[Size * Size * 4];
        for (var place = 0; place < Size * Size; place++)
        {
            var drawn = colour(place % Size, place / Size);
            (pixels[place * 4], pixels[(place * 4) + 1], pixels[(place * 4) + 2], pixels[(place * 4) + 3]) = (drawn.Red, drawn.Green, drawn.Blue, drawn.Alpha);
        }

        using var image = Image.FromPixels(new Dimensions(Size, Size), pixels);
        using var opaque = image.HasTransparentPixels() ? image.CopyToMemory() : image.Flatten(Colour.Black);
        return EncodedImage.FromMemory(opaque.Encode(new SaveOptions { Format = format, Quality = 85, Effort = 0 }));
    }

    private static Colour Grey(double red, double green, double blue) =>
        new((byte)Math.Clamp(red, 0, 255), (byte)Math.Clamp(green, 0, 255), (byte)Math.Clamp(blue, 0, 255));
}
