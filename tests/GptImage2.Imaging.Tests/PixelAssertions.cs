using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests;

/// <summary>Compares pixels with tolerance: codecs round differently from version to version.</summary>
internal static class PixelAssertions
{
    internal static Colour PixelAt(this Image image, int x, int y)
    {
        var pixels = image.ToRgbaBytes();
        var at = ((y * image.Size.Width) + x) * 4;
        return new Colour(pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]);
    }

    internal static void ShouldBeNear(this Colour actual, Colour expected, int tolerance = 6)
    {
        int[] differences =
        [
            Math.Abs(actual.Red - expected.Red), Math.Abs(actual.Green - expected.Green),
            Math.Abs(actual.Blue - expected.Blue), Math.Abs(actual.Alpha - expected.Alpha),
        ];
        differences.Max().ShouldBeLessThanOrEqualTo(tolerance, $"{actual} is not near {expected}");
    }
}
