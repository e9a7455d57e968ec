using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Tests.Codecs;

public sealed class ImageTests
{
    [Theory]
    [InlineData(ImageFormat.Png, 0)]
    [InlineData(ImageFormat.Jpeg, 8)]
    [InlineData(ImageFormat.Webp, 16)]
    public void Comes_back_as_it_was_saved(ImageFormat format, int tolerance)
    {
        using var read = Image.Open(SampleImages.Opaque(64, 64).Encoded(format));

        read.PixelAt(32, 16).ShouldBeNear(new Colour(129, 64, 64), tolerance);
    }

    [Fact]
    public void Lossless_webp_keeps_every_pixel_even_under_transparency()
    {
        Assert.SkipWhen(Version.Parse(LibvipsInfo.Version) < new Version(8, 16), "This libvips cannot ask for it.");
        using var noise = SampleImages.Noise(40, 40, alpha: true);

        var bytes = noise.Encode(new SaveOptions { Format = ImageFormat.Webp, Lossless = true });

        using var read = Image.Open(EncodedImage.FromMemory(bytes));
        read.ToRgbaBytes().AsSpan().SequenceEqual(noise.ToRgbaBytes()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 47, 0)]
    [InlineData(3, 47, 31)]
    [InlineData(4, 0, 31)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 31, 0)]
    [InlineData(7, 31, 47)]
    [InlineData(8, 0, 47)]
    public void Opens_upright(int orientation, int x, int y)
    {
        var turned = EncodedImage.FromMemory(SampleImages.WithOrientation(orientation));

        using var image = Image.Open(turned, access: PixelAccess.Sequential);
        using var thumbnail = Image.OpenThumbnail(turned, 48);

        image.PixelAt(x, y).ShouldBeNear(new Colour(0, 0, 64), 20);
        thumbnail.PixelAt(x, y).ShouldBeNear(new Colour(0, 0, 64), 20);
    }

    [Fact]
    public void Resizes_to_exactly_the_size()
    {
        using var image = SampleImages.Gradient(101, 57);
        using var resized = image.Resize(new Dimensions(333, 77));

        resized.Size.ShouldBe(new Dimensions(333, 77));
        resized.PixelAt(166, 38).ShouldBeNear(new Colour(127, 127, 64), 4);
    }

    [Fact]
    public void Resizing_lets_no_hidden_colour_bleed()
    {
        using var hidden = Image.FromPixels(new Dimensions(2, 1), [255, 0, 0, 255, 0, 255, 0, 0]);
        using var wide = hidden.Resize(new Dimensions(40, 20));
        using var back = wide.Resize(new Dimensions(4, 2));

        back.PixelAt(0, 0).Green.ShouldBeLessThan((byte)6);
        back.PixelAt(1, 0).Green.ShouldBeLessThan((byte)6);
    }

    [Fact]
    public void Resizing_keeps_16_bits()
    {
        using var bytes = VipsImage.FromPixels(new byte[16 * 16 * 3], 16, 16, 3);
        using var cast = bytes.Cast(VipsBandFormat.UShort);
        using var deep = new Image(cast.WithInterpretation("rgb16"));

        using var resized = deep.Resize(new Dimensions(8, 8));

        ImageHeader.Read(resized.CopyToMemory().Encoded()).BitsPerChannel.ShouldBe(16);
    }

    [Fact]
    public void Cover_crops_around_the_middle()
    {
        using var image = SampleImages.Gradient(200, 100);
        using var cropped = image.ResizeToCover(new Dimensions(50, 50));

        cropped.Size.ShouldBe(new Dimensions(50, 50));
        cropped.PixelAt(25, 25).ShouldBeNear(new Colour(128, 128, 64), 4);
        cropped.PixelAt(0, 25).ShouldBeNear(new Colour(64, 128, 64), 4);
    }

    [Fact]
    public void Crops_exactly_and_only_inside()
    {
        using var image = SampleImages.Gradient(256, 256);
        using var part = image.Crop(10, 20, new Dimensions(5, 6));

        part.PixelAt(0, 0).ShouldBe(new Colour(10, 20, 64));
        Should.Throw<ArgumentOutOfRangeException>(() => image.Crop(250, 0, new Dimensions(7, 1)));
    }

    [Fact]
    public void Overlays_with_alpha_and_stays_opaque()
    {
        using var ground = SampleImages.Opaque(20, 20);
        using var red = Image.FromColour(new Dimensions(10, 10), new Colour(255, 0, 0, 128));
        using var white = Image.FromColour(new Dimensions(20, 20), Colour.White);
        using var opaque = white.Flatten(Colour.White);

        using var result = opaque.Overlay(red, 15, 15);

        result.HasAlpha.ShouldBeFalse();
        result.Size.ShouldBe(new Dimensions(20, 20));
        result.PixelAt(17, 17).ShouldBeNear(new Colour(255, 127, 127), 2);
        result.PixelAt(5, 5).ShouldBe(Colour.White);
    }

    [Fact]
    public void Rounds_corners_and_fades()
    {
        using var solid = Image.FromColour(new Dimensions(40, 40), Colour.Black);
        using var rounded = solid.RoundCorners(20);
        using var faint = rounded.WithOpacity(0.5);

        faint.PixelAt(0, 0).Alpha.ShouldBe((byte)0);
        faint.PixelAt(20, 20).ShouldBeNear(new Colour(0, 0, 0, 128), 1);
    }

    [Fact]
    public void Places_in_a_frame()
    {
        using var solid = Image.FromColour(new Dimensions(4, 4), Colour.Black);
        using var framed = solid.PlaceOnCanvas(2, 3, new Dimensions(10, 10));

        framed.PixelAt(1, 3).Alpha.ShouldBe((byte)0);
        framed.PixelAt(2, 3).ShouldBe(Colour.Black);
    }

    [Fact]
    public void A_step_outlives_what_it_was_made_from()
    {
        var opened = Image.Open(SampleImages.Opaque(64, 64).Encoded());
        using var small = opened.Resize(new Dimensions(8, 8));
        opened.Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        small.PixelAt(4, 4).ShouldBeNear(new Colour(144, 144, 64), 8);
    }

    /// <summary>libvips reads them where they are, which must hold however often the collector moves things.</summary>
    [Fact]
    public void Pixels_that_an_image_took_over_stay_until_the_last_image_made_of_them_is_gone()
    {
        using var part = TakeOver();
        for (var i = 0; i < 20; i++)
        {
            Array.Fill(new byte[100 * 100 * 4], (byte)i);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        part.PixelAt(3, 4).ShouldBe(new Colour(13, 24, 7));

        static Image TakeOver()
        {
            using var whole = Image.FromOwnedPixels(new Dimensions(100, 100), [.. Enumerable.Range(0, 10_000).SelectMany(place => new byte[] { (byte)(place % 100), (byte)(place / 100), 7, 255 })]);
            return whole.Crop(10, 20, new Dimensions(50, 50));
        }
    }

    [Fact]
    public void A_thumbnail_is_never_enlarged()
    {
        using var thumbnail = Image.OpenThumbnail(SampleImages.Opaque(30, 20).Encoded(), 1000);

        thumbnail.Size.ShouldBe(new Dimensions(30, 20));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void A_thumbnail_looks_like_the_original(ImageFormat format)
    {
        using var thumbnail = Image.OpenThumbnail(SampleImages.Opaque(1000, 500).Encoded(format), 50);

        thumbnail.Size.ShouldBe(new Dimensions(50, 25));
        thumbnail.PixelAt(25, 12).ShouldBeNear(new Colour(130, 128, 64), 8);
    }
}
