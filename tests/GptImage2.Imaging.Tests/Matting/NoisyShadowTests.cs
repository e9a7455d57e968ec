using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Keying;

namespace GptImage2.Imaging.Tests.Matting;

/// <summary>A product on pale paper, its wide soft shadow, and the noise of a camera, which leaves spots of the paper's own colour at the shadow's rim.</summary>
public sealed class NoisyShadowTests
{
    private const int Left = 90;
    private const int Right = 166;
    private const int Top = 40;
    private const int Bottom = 170;

    [Theory]
    [InlineData(255, 255, 255, 2)]
    [InlineData(246, 244, 240, 2)]
    [InlineData(246, 244, 240, 4)]
    [InlineData(225, 225, 225, 3)]
    public void No_spot_of_the_paper_stays_beside_the_product(byte red, byte green, byte blue, int noise)
    {
        foreach (var seed in Enumerable.Range(1, 6))
        {
            var random = new Random(seed);
            var image = BackgroundImages.Render((x, y) => IsProduct(x, y) ? new Colour(190, 40, 40) : Lit(x, y, red, green, blue, random.Next(-noise, noise + 1)));

            using var cut = BackgroundRemover.RemoveBackground(image, openHoles: false, out _, TestContext.Current.CancellationToken);

            var pixels = RgbaBuffer.FromImage(cut);
            Enumerable.Range(0, pixels.PixelCount)
                .Where(place => pixels.Rgba[(place * 4) + 3] > 128 && !IsNearProduct(place % pixels.Width, place / pixels.Width))
                .Select(place => $"{place % pixels.Width},{place / pixels.Width}")
                .ShouldBeEmpty($"seed {seed}");
        }
    }

    private static bool IsProduct(int x, int y) => x is >= Left and < Right && y is >= Top and < Bottom;

    /// <summary>Where the shadow is as deep as it is right under the product, it may be nearly opaque.</summary>
    private static bool IsNearProduct(int x, int y) => x is >= Left - 3 and < Right + 3 && y is >= Top - 3 and < Bottom + 12;

    private static Colour Lit(int x, int y, byte red, byte green, byte blue, int noise)
    {
        var (across, down) = ((x - 128) / 62.0, (y - Bottom) / 18.0);
        var light = 1 - (0.45 * Math.Exp(-((across * across) + (down * down))));
        return new Colour(Level(red), Level(green), Level(blue));

        byte Level(byte level) => (byte)Math.Clamp(Math.Round(level * light) + noise, 0, 255);
    }
}
