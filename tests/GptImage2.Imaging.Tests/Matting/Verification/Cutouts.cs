using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Verification;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting.Verification;

/// <summary>Cut-outs of drawn subjects, and what can be wrong with them.</summary>
internal static class Cutouts
{
    internal static EncodedImage Encode(Dimensions size, byte[] pixels)
    {
        using var image = Image.FromPixels(size, pixels);
        return EncodedImage.FromMemory(image.Encode(new SaveOptions { Format = ImageFormat.Png, Effort = 0 }));
    }

    internal static CutoutReport Inspect(Dimensions size, byte[] pixels, EncodedImage? original = null) =>
        CutoutInspector.Inspect(Encode(size, pixels), original).Cutout.ShouldNotBeNull();

    internal static CutoutReport Inspect(Subject subject, Action<byte[]> damage, EncodedImage? original = null)
    {
        var pixels = subject.ToPixels();
        damage(pixels);
        return Inspect(subject.Size, pixels, original);
    }

    /// <summary>Paints every pixel of a rectangle.</summary>
    internal static void Fill(byte[] pixels, int width, PixelArea area, Func<int, int, Colour> paint)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
            {
                var colour = paint(x, y);
                ((ReadOnlySpan<byte>)[colour.Red, colour.Green, colour.Blue, colour.Alpha]).CopyTo(pixels.AsSpan(((y * width) + x) * 4, 4));
            }
        }
    }

    /// <summary>The scene's own pixels under the subject's matte, widened by some pixels: what a poor cut leaves.</summary>
    internal static byte[] CutPoorly(Subject subject, EncodedImage scene, int wider)
    {
        using var image = Image.Open(scene);
        var (pixels, truth) = (image.ToRgbaBytes(), subject.ToPixels());
        for (var place = 0; place < subject.PixelCount; place++)
        {
            var (x, y) = (place % subject.Width, place / subject.Width);
            var most = (byte)0;
            for (var v = Math.Max(0, y - wider); v <= Math.Min(subject.Height - 1, y + wider); v++)
            {
                for (var u = Math.Max(0, x - wider); u <= Math.Min(subject.Width - 1, x + wider); u++)
                {
                    most = Math.Max(most, truth[(((v * subject.Width) + u) * 4) + 3]);
                }
            }

            pixels[(place * 4) + 3] = most;
        }

        return pixels;
    }
}
