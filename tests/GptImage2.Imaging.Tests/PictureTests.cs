using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Tests;

public sealed class PictureTests
{
    [Theory]
    [InlineData(ImageFormat.Png, 0)]
    [InlineData(ImageFormat.Jpeg, 8)]
    [InlineData(ImageFormat.Webp, 16)]
    public void Comes_back_as_it_was_saved(ImageFormat format, int tolerance)
    {
        using var read = Picture.Open(Samples.Opaque(64, 64).Encoded(format));

        read.At(32, 16).ShouldBeNear(new Colour(129, 64, 64), tolerance);
    }

    [Fact]
    public void Lossless_webp_keeps_every_pixel_even_under_transparency()
    {
        Assert.SkipWhen(Version.Parse(ImagingLibrary.Version) < new Version(8, 16), "This libvips cannot ask for it.");
        using var noise = Samples.Noise(40, 40, alpha: true);

        var bytes = noise.Encode(new SaveOptions { Format = ImageFormat.Webp, Lossless = true });

        using var read = Picture.Open(EncodedImage.FromMemory(bytes));
        read.ToPixels().AsSpan().SequenceEqual(noise.ToPixels()).ShouldBeTrue();
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
        var turned = EncodedImage.FromMemory(Samples.Turned(orientation));

        using var picture = Picture.Open(turned, access: PixelAccess.Sequential);
        using var thumbnail = Picture.OpenThumbnail(turned, 48);

        picture.At(x, y).ShouldBeNear(new Colour(0, 0, 64), 20);
        thumbnail.At(x, y).ShouldBeNear(new Colour(0, 0, 64), 20);
    }

    [Fact]
    public void Resizes_to_exactly_the_size()
    {
        using var picture = Samples.Gradient(101, 57);
        using var resized = picture.Resize(new Dimensions(333, 77));

        resized.Size.ShouldBe(new Dimensions(333, 77));
        resized.At(166, 38).ShouldBeNear(new Colour(127, 127, 64), 4);
    }

    [Fact]
    public void Resizing_lets_no_hidden_colour_bleed()
    {
        using var hidden = Picture.FromPixels(new Dimensions(2, 1), [255, 0, 0, 255, 0, 255, 0, 0]);
        using var wide = hidden.Resize(new Dimensions(40, 20));
        using var back = wide.Resize(new Dimensions(4, 2));

        back.At(0, 0).Green.ShouldBeLessThan((byte)6);
        back.At(1, 0).Green.ShouldBeLessThan((byte)6);
    }

    [Fact]
    public void Resizing_keeps_16_bits()
    {
        using var bytes = VipsImage.FromPixels(new byte[16 * 16 * 3], 16, 16, 3);
        using var cast = bytes.Cast(VipsBandFormat.UShort);
        using var deep = new Picture(cast.Meaning("rgb16"));

        using var resized = deep.Resize(new Dimensions(8, 8));

        ImageHeader.Read(resized.InMemory().Encoded()).BitsPerChannel.ShouldBe(16);
    }

    [Fact]
    public void Cover_crops_around_the_middle()
    {
        using var picture = Samples.Gradient(200, 100);
        using var cropped = picture.CoverCrop(new Dimensions(50, 50));

        cropped.Size.ShouldBe(new Dimensions(50, 50));
        cropped.At(25, 25).ShouldBeNear(new Colour(128, 128, 64), 4);
        cropped.At(0, 25).ShouldBeNear(new Colour(64, 128, 64), 4);
    }

    [Fact]
    public void Crops_exactly_and_only_inside()
    {
        using var picture = Samples.Gradient(256, 256);
        using var part = picture.Crop(10, 20, new Dimensions(5, 6));

        part.At(0, 0).ShouldBe(new Colour(10, 20, 64));
        Should.Throw<ArgumentOutOfRangeException>(() => picture.Crop(250, 0, new Dimensions(7, 1)));
    }

    [Fact]
    public void Overlays_with_alpha_and_stays_opaque()
    {
        using var ground = Samples.Opaque(20, 20);
        using var red = Picture.Solid(new Dimensions(10, 10), new Colour(255, 0, 0, 128));
        using var white = Picture.Solid(new Dimensions(20, 20), Colour.White);
        using var opaque = white.Flatten(Colour.White);

        using var result = opaque.Overlay(red, 15, 15);

        result.HasAlpha.ShouldBeFalse();
        result.Size.ShouldBe(new Dimensions(20, 20));
        result.At(17, 17).ShouldBeNear(new Colour(255, 127, 127), 2);
        result.At(5, 5).ShouldBe(Colour.White);
    }

    [Fact]
    public void Rounds_corners_and_fades()
    {
        using var solid = Picture.Solid(new Dimensions(40, 40), Colour.Black);
        using var rounded = solid.Rounded(20);
        using var faint = rounded.Opacity(0.5);

        faint.At(0, 0).Alpha.ShouldBe((byte)0);
        faint.At(20, 20).ShouldBeNear(new Colour(0, 0, 0, 128), 1);
    }

    [Fact]
    public void Places_in_a_frame()
    {
        using var solid = Picture.Solid(new Dimensions(4, 4), Colour.Black);
        using var framed = solid.Place(2, 3, new Dimensions(10, 10));

        framed.At(1, 3).Alpha.ShouldBe((byte)0);
        framed.At(2, 3).ShouldBe(Colour.Black);
    }

    [Fact]
    public void A_step_outlives_what_it_was_made_from()
    {
        var opened = Picture.Open(Samples.Opaque(64, 64).Encoded());
        using var small = opened.Resize(new Dimensions(8, 8));
        opened.Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        small.At(4, 4).ShouldBeNear(new Colour(144, 144, 64), 8);
    }

    [Fact]
    public void A_thumbnail_is_never_enlarged()
    {
        using var thumbnail = Picture.OpenThumbnail(Samples.Opaque(30, 20).Encoded(), 1000);

        thumbnail.Size.ShouldBe(new Dimensions(30, 20));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void A_thumbnail_looks_like_the_original(ImageFormat format)
    {
        using var thumbnail = Picture.OpenThumbnail(Samples.Opaque(1000, 500).Encoded(format), 50);

        thumbnail.Size.ShouldBe(new Dimensions(50, 25));
        thumbnail.At(25, 12).ShouldBeNear(new Colour(130, 128, 64), 8);
    }
}
