using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Tests.Codecs;

public sealed class ImageHeaderTests
{
    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void Reads_what_we_write(ImageFormat format)
    {
        var info = ImageHeader.Read(SampleImages.Opaque(40, 30).Encoded(format));

        info.ShouldBe(new ImageInfo
        {
            Format = format,
            Size = new Dimensions(40, 30),
            Orientation = 1,
            HasAlpha = false,
            Frames = 1,
            BitsPerChannel = 8,
            ColourSpace = ColourSpace.Rgb,
            HasProfile = false,
        });
    }

    [Theory]
    [InlineData("gifsave_target", ImageFormat.Gif, "gif")]
    [InlineData("heifsave_target", ImageFormat.Avif, "avif")]
    public void Reads_what_others_write(string saver, ImageFormat format, string name)
    {
        using var picture = SampleImages.Opaque(40, 30);
        var bytes = SampleImages.SaveWith(picture.Native, saver, saver.StartsWith("heif", StringComparison.Ordinal) ? o => o.WithEnum("compression", "av1") : null);

        var info = ImageHeader.Read(EncodedImage.FromMemory(bytes));

        (info.Format, info.Format.Name).ShouldBe((format, name));
        info.Size.ShouldBe(new Dimensions(40, 30));
    }

    [Fact]
    public void Reads_TIFF()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var picture = SampleImages.Opaque(40, 30);
            new VipsOperation("tiffsave").With("in", picture.Native).With("filename", path).Run();

            using var read = Image.Open(EncodedImage.FromFile(path));

            ImageHeader.Read(EncodedImage.FromFile(path)).Format.ShouldBe(ImageFormat.Tiff);
            read.PixelAt(39, 29).ShouldBe(new Colour(255, 255, 64));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("b-w", 1, ColourSpace.Grey, 8)]
    [InlineData("grey16", 1, ColourSpace.Grey, 16)]
    [InlineData("rgb16", 3, ColourSpace.Rgb, 16)]
    public void Knows_depth_and_colours(string interpretation, int bands, ColourSpace space, int bits)
    {
        using var bytes = VipsImage.FromPixels(new byte[8 * 8 * bands], 8, 8, bands);
        using var cast = bytes.Cast(bits == 16 ? VipsBandFormat.UShort : VipsBandFormat.UChar);
        using var image = cast.WithInterpretation(interpretation);

        var info = ImageHeader.Read(EncodedImage.FromMemory(SampleImages.SaveWith(image, "pngsave_target")));

        info.ColourSpace.ShouldBe(space);
        info.BitsPerChannel.ShouldBe(bits);
    }

    [Fact]
    public void Knows_CMYK()
    {
        using var bytes = VipsImage.FromPixels(new byte[8 * 8 * 4], 8, 8, 4);
        using var image = bytes.WithInterpretation("cmyk");
        var jpeg = EncodedImage.FromMemory(SampleImages.SaveWith(image, "jpegsave_target"));

        ImageHeader.Read(jpeg).ColourSpace.ShouldBe(ColourSpace.Cmyk);
        using var picture = Image.Open(jpeg);
        picture.PixelAt(4, 4).ShouldBeNear(Colour.White, 12);
    }

    /// <summary>As where there is a profile: what was printed black is black, and not the grey of ink on paper.</summary>
    [Theory]
    [InlineData(0, 0, 0, 6)]
    [InlineData(255, 255, 255, 2)]
    [InlineData(200, 60, 50, 16)]
    public void Inks_without_a_profile_are_taken_for_those_of_usual_paper(byte red, byte green, byte blue, int tolerance)
    {
        using var colour = VipsImage.FromColour(new Colour(red, green, blue), new Dimensions(8, 8));
        using var printed = new VipsOperation("icc_transform").With("in", colour).With("input-profile", "srgb").With("output-profile", "cmyk").ToImage();
        printed.RemoveField("icc-profile-data");
        var jpeg = EncodedImage.FromMemory(SampleImages.SaveWith(printed, "jpegsave_target", operation => operation.With("Q", 100)));

        ImageHeader.Read(jpeg).HasProfile.ShouldBeFalse();
        using var picture = Image.Open(jpeg);
        picture.PixelAt(4, 4).ShouldBeNear(new Colour(red, green, blue), tolerance);
    }

    [Fact]
    public void Knows_a_palette_and_alpha()
    {
        using var picture = SampleImages.Gradient(32, 32, alpha: 128);
        var png = SampleImages.SaveWith(picture.Native, "pngsave_target", operation => operation.With("palette", true));

        ImageHeader.Read(EncodedImage.FromMemory(png)).HasAlpha.ShouldBeTrue();
        using var read = Image.Open(EncodedImage.FromMemory(png));
        read.PixelAt(16, 16).ShouldBeNear(new Colour(131, 131, 64, 128), 24);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void Gives_the_upright_size(int orientation)
    {
        var info = ImageHeader.Read(EncodedImage.FromMemory(SampleImages.WithOrientation(orientation)));

        info.Orientation.ShouldBe(orientation);
        info.Size.ShouldBe(orientation < 5 ? new Dimensions(48, 32) : new Dimensions(32, 48));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    public void Needs_no_pixels(ImageFormat format)
    {
        using var noise = SampleImages.Noise(200, 200);
        var bytes = noise.Encode(new SaveOptions { Format = format });

        ImageHeader.Read(EncodedImage.FromMemory(bytes.AsMemory(0, bytes.Length / 3))).Size.ShouldBe(new Dimensions(200, 200));
    }

    [Fact]
    public void Counts_frames() => ImageHeader.Read(EncodedImage.FromMemory(SampleImages.Gif(7))).Frames.ShouldBe(7);
}
