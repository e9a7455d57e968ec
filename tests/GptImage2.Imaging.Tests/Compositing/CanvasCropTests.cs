using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Tests.Compositing;

public sealed class CanvasCropTests
{
    private static readonly Dimensions ImageSize = new(60, 40);

    [Fact]
    public void At_scale_1_every_pixel_is_sent_as_it_is_and_edges_fill_the_padding()
    {
        using var image = SampleImages.Opaque(60, 40);
        using var whole = image.CopyToMemory();
        using var sent = CanvasCrop.Extract(image.CopyToMemory().Encoded(), new CanvasPlacement(new PixelArea(10, 5, new Dimensions(40, 30)), 1, new Dimensions(48, 48), 4, 9));

        sent.Size.ShouldBe(new Dimensions(48, 48));
        sent.HasAlpha.ShouldBeFalse();
        var (received, original) = (sent.ToRgbaBytes(), whole.ToRgbaBytes());
        for (var i = 0; i < 48 * 48; i++)
        {
            var (x, y) = (Math.Clamp((i % 48) - 4, 0, 39) + 10, Math.Clamp((i / 48) - 9, 0, 29) + 5);
            received.AsSpan(i * 4, 4).SequenceEqual(original.AsSpan(((y * 60) + x) * 4, 4)).ShouldBeTrue($"{i}");
        }
    }

    [Theory]
    [InlineData("jpeg turned")]
    [InlineData("png 16")]
    [InlineData("png p3")]
    [InlineData("tiff cmyk")]
    [InlineData("jpeg grey profile")]
    [InlineData("png grey alpha")]
    public void Is_upright_srgb_whatever_the_original(string kind)
    {
        var original = SourceImageSamples.Create(kind);
        using var shown = Image.Open(original);
        using var flat = shown.ToSrgb8();
        using var seen = flat.Flatten(Colour.White);
        using var sent = CanvasCrop.Extract(original, new CanvasPlacement(new PixelArea(0, 0, new Dimensions(61, 47)), 1, new Dimensions(64, 48), 1, 0));

        sent.PixelAt(31, 20).ShouldBeNear(seen.PixelAt(30, 20), 2);
        sent.PixelAt(60, 46).ShouldBeNear(seen.PixelAt(59, 46), 2);
    }

    [Fact]
    public void Scales_as_the_fit_says()
    {
        using var sent = CanvasCrop.Extract(SampleImages.Opaque(60, 40).Encoded(), new CanvasPlacement(new PixelArea(0, 0, ImageSize), 2.5, new Dimensions(160, 112), 5, 6));

        sent.PixelAt(5 + 75, 6 + 50).ShouldBeNear(new Colour(128, 128, 64), 4);
    }

    [Theory]
    [InlineData(20, 255)]
    [InlineData(250, 128)]
    public void Transparency_is_filled_so_that_what_shows_stands_out(byte subject, byte ground)
    {
        using var square = Image.FromColour(new Dimensions(10, 10), new Colour(subject, subject, subject));
        using var placed = square.PlaceOnCanvas(20, 20, ImageSize);

        using var sent = CanvasCrop.Extract(placed.CopyToMemory().Encoded(), new CanvasPlacement(new PixelArea(0, 0, ImageSize), 1, ImageSize, 0, 0));

        sent.PixelAt(2, 2).ShouldBe(new Colour(ground, ground, ground));
        sent.PixelAt(25, 25).ShouldBe(new Colour(subject, subject, subject));
    }

    [Fact]
    public void Refuses_a_part_outside_the_image() =>
        Should.Throw<ArgumentOutOfRangeException>(() => CanvasCrop.Extract(SourceImageSamples.Create("png"), new CanvasPlacement(new PixelArea(30, 30, new Dimensions(60, 10)), 1, new Dimensions(64, 16), 0, 0)));

    [Theory]
    [InlineData(1, 64, 48)]
    [InlineData(2.5, 160, 112)]
    [InlineData(0.5, 48, 32)]
    public void The_mask_is_open_over_the_region_and_nowhere_else(double scale, int width, int height)
    {
        var region = RegionMask.FromShapes(ImageSize, [new RegionShape.Ellipse(10, 8, 30, 22)]);
        var fit = new CanvasPlacement(new PixelArea(0, 0, ImageSize), scale, new Dimensions(width, height), 2, 3);
        using var written = new MemoryStream();

        CanvasCrop.WriteMask(region, fit, written, maxBytes: 4_000_000);

        var png = EncodedImage.FromMemory(written.ToArray());
        ImageHeader.Read(png).HasAlpha.ShouldBeTrue();
        using var mask = Image.Open(png);
        mask.Size.ShouldBe(fit.Canvas);
        var pixels = mask.ToRgbaBytes();
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = ((int)Math.Floor(((i % width) - 2 + 0.5) / scale), (int)Math.Floor(((i / width) - 3 + 0.5) / scale));
            var alpha = pixels[(i * 4) + 3];
            alpha.ShouldBeOneOf((byte)0, (byte)255);
            if (scale >= 1)
            {
                alpha.ShouldBe(region.Contains(x, y) ? (byte)0 : (byte)255, $"{x},{y}");
            }
            else if (region.Contains(x, y))
            {
                alpha.ShouldBe((byte)0, $"{x},{y}");
            }
        }
    }

    [Fact]
    public void A_mask_that_would_be_too_large_opens_more_never_less()
    {
        var random = new Random(8);
        var size = new Dimensions(120, 80);
        var region = RegionMask.FromShapes(size, [.. Enumerable.Range(0, 1500).Select(_ => new RegionShape.Rectangle(random.Next(100), random.Next(80), 1, 1))]);
        using var written = new MemoryStream();

        CanvasCrop.WriteMask(region, new CanvasPlacement(new PixelArea(0, 0, size), 1, new Dimensions(128, 96), 4, 8), written, maxBytes: 900);

        written.Length.ShouldBeLessThan(900);
        using var mask = Image.Open(EncodedImage.FromMemory(written.ToArray()));
        var pixels = mask.ToRgbaBytes();
        for (var i = 0; i < size.PixelCount; i++)
        {
            var (x, y) = (i % 120, i / 120);
            if (region.Contains(x, y))
            {
                pixels[((((y + 8) * 128) + x + 4) * 4) + 3].ShouldBe((byte)0);
            }
        }

        // The right end, where no region is, and the padding.
        (pixels[(40 * 128 + 123) * 4 + 3], pixels[(4 * 128 + 60) * 4 + 3]).ShouldBe(((byte)255, (byte)255));
    }
}
