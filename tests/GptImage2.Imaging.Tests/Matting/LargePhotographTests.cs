using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Keying;

namespace GptImage2.Imaging.Tests.Matting;

/// <summary>Above nine megapixels the subject is found in a smaller copy, and its edge refined at full size.</summary>
public sealed class LargePhotographTests
{
    private const int Radius = 900;
    private static readonly Dimensions Size = new(3500, 2700);

    [Theory]
    [InlineData(0, 200, 60)]
    [InlineData(250, 250, 250)]
    public void Is_cut_out_at_its_own_size_along_its_own_edge(byte red, byte green, byte blue)
    {
        using var cut = BackgroundRemover.RemoveBackground(Draw(new Colour(red, green, blue)));

        cut.Size.ShouldBe(Size);
        var pixels = cut.ToRgbaBytes();
        var error = 0.0;
        for (var index = 0; index < Size.PixelCount; index++)
        {
            error += Math.Abs((pixels[(index * 4) + 3] / 255.0) - Alpha(index));
        }

        (error / Size.PixelCount).ShouldBeLessThan(0.0005);
        cut.PixelAt(Size.Width / 2, Size.Height / 2).ShouldBe(new Colour(180, 90, 40));
    }

    /// <summary>Of the disc without its shadow.</summary>
    private static double Alpha(int index)
    {
        var (y, x) = Math.DivRem(index, Size.Width);
        return Math.Clamp(Radius + 0.5 - Math.Sqrt(((x - 1750.0) * (x - 1750)) + ((y - 1350.0) * (y - 1350))), 0, 1);
    }

    private static EncodedImage Draw(Colour background)
    {
        var pixels = new byte[Size.PixelCount * 4];
        for (var index = 0; index < Size.PixelCount; index++)
        {
            var alpha = Alpha(index);
            pixels[index * 4] = Mix(180, background.Red, alpha);
            pixels[(index * 4) + 1] = Mix(90, background.Green, alpha);
            pixels[(index * 4) + 2] = Mix(40, background.Blue, alpha);
            pixels[(index * 4) + 3] = 255;
        }

        using var image = Image.FromPixels(Size, pixels);
        using var opaque = image.Flatten(Colour.Black);
        return EncodedImage.FromMemory(opaque.Encode(new SaveOptions { Format = ImageFormat.Png, Effort = 0 }));
    }

    private static byte Mix(byte front, byte behind, double alpha) => (byte)Math.Round((front * alpha) + (behind * (1 - alpha)));
}
