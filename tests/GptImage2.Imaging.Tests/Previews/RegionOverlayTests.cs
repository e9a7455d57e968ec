using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Tests.Compositing;

namespace GptImage2.Imaging.Tests.Previews;

public sealed class RegionOverlayTests
{
    [Fact]
    public void Tints_and_outlines_the_region_and_dims_the_rest()
    {
        var region = RegionMask.FromShapes(new Dimensions(400, 300), [new RegionShape.Rectangle(100, 80, 200, 120)]);

        var preview = RegionOverlay.Render(Solid(400, 300), region, 8, maxEdge: 200);

        preview.Size.ShouldBe(new Dimensions(200, 150));
        using var seen = Image.Open(EncodedImage.FromMemory(preview.Bytes));
        seen.PixelAt(5, 5).ShouldBeNear(new Colour(86, 86, 86), 8);
        var inside = seen.PixelAt(100, 70);
        (Math.Max(inside.Red, Math.Max(inside.Green, inside.Blue)) - Math.Min(inside.Red, Math.Min(inside.Green, inside.Blue))).ShouldBeGreaterThan(60);
        seen.PixelAt(50, 70).Green.ShouldBeGreaterThan((byte)190);
        seen.PixelAt(49, 70).Green.ShouldBeLessThan((byte)60);
    }

    [Fact]
    public void A_single_pixel_of_a_large_image_can_be_found()
    {
        var region = RegionMask.FromShapes(new Dimensions(1200, 900), [new RegionShape.Rectangle(600, 450, 1, 1)]);

        var preview = RegionOverlay.Render(Solid(1200, 900), region, 0, maxEdge: 300);

        using var seen = Image.Open(EncodedImage.FromMemory(preview.Bytes));
        var pixels = seen.ToRgbaBytes();
        Enumerable.Range(0, pixels.Length / 4).Count(i => Math.Abs(pixels[i * 4] - pixels[(i * 4) + 1]) > 80).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Keeps_to_the_number_of_bytes()
    {
        var region = RegionMask.FromShapes(new Dimensions(61, 47), [new RegionShape.Rectangle(10, 10, 20, 20)]);

        RegionOverlay.Render(SourceImageSamples.Create("png"), region, 2, maxBytes: 2048).Bytes.Length.ShouldBeLessThanOrEqualTo(2048);
    }

    [Fact]
    public void Refuses_the_region_of_another_image() =>
        Should.Throw<ArgumentException>(() => RegionOverlay.Render(SourceImageSamples.Create("png"), RegionMask.FromShapes(new Dimensions(47, 61), []), 0));

    private static EncodedImage Solid(int width, int height)
    {
        using var grey = Image.FromColour(new Dimensions(width, height), new Colour(120, 120, 120));
        return grey.Flatten(Colour.White).Encoded();
    }
}
