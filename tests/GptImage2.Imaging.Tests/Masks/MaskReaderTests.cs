using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Masks;
using GptImage2.Imaging.Tests.Compositing;

namespace GptImage2.Imaging.Tests.Masks;

public sealed class MaskReaderTests
{
    private static readonly Dimensions ImageSize = new(60, 40);

    private static readonly Colour Red = new(220, 30, 40);

    [Fact]
    public void In_a_mask_with_alpha_the_transparent_part_changes()
    {
        var reading = Read(Photograph(hole: Colour.Transparent), ImageSize, null);

        reading.Kind.ShouldBe(MaskKind.Alpha);
        reading.ScaledFrom.ShouldBeNull();
        reading.Region.Bounds.ShouldBe(Hole);
        reading.Region.Coverage.ShouldBe(Hole.Size.PixelCount / 2400.0);
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void In_one_of_black_and_white_the_white_part_changes(ImageFormat format)
    {
        var reading = Read(Plain(ImageSize, Colour.Black, Colour.White, format), ImageSize, null);

        reading.Kind.ShouldBe(MaskKind.BlackAndWhite);
        reading.Region.Bounds.ShouldBe(Hole);
    }

    [Fact]
    public void Invert_turns_the_meaning_round()
    {
        var alpha = Read(Photograph(hole: Colour.Transparent), ImageSize, true).Region;
        var white = Read(Plain(ImageSize, Colour.White, Colour.Black), ImageSize, true).Region;

        alpha.Coverage.ShouldBe(1 - (Hole.Size.PixelCount / 2400.0), 1e-9);
        white.Bounds.ShouldBe(Hole);
    }

    [Fact]
    public void A_smoothed_edge_is_cut_in_the_middle()
    {
        var smoothed = Drawn(ImageSize, (x, y) => Grey((byte)Math.Clamp((x - 29) * 128, 0, 255)));

        var region = Read(smoothed, ImageSize, null).Region;

        (region.IsSoft, region.Bounds.Left).ShouldBe((false, 30));
    }

    [Theory]
    [InlineData(30, 20)]
    [InlineData(120, 80)]
    [InlineData(601, 400)]
    public void A_mask_of_another_size_and_the_same_shape_is_scaled(int width, int height)
    {
        var reading = Read(Plain(new Dimensions(width, height), Colour.Black, Colour.White), ImageSize, null);

        reading.ScaledFrom.ShouldBe(new Dimensions(width, height));
        reading.Region.ImageSize.ShouldBe(ImageSize);
        reading.Region.Coverage.ShouldBe(Hole.Size.PixelCount / 2400.0, 0.02);
        Math.Abs(reading.Region.Bounds.Left - Hole.Left).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void One_that_differs_by_rounding_has_the_same_shape() =>
        Read(Plain(new Dimensions(9, 17), Colour.Black, Colour.White), new Dimensions(17, 33), null).ScaledFrom.ShouldNotBeNull();

    [Theory]
    [InlineData("png grey")]
    [InlineData("png 16")]
    [InlineData("jpeg")]
    [InlineData("png alpha noise")]
    public void A_photograph_is_no_mask(string kind)
    {
        var mask = kind == "png alpha noise" ? Drawn(ImageSize, (x, y) => new Colour((byte)(x * 4), (byte)(y * 5), 90, 200)) : SourceImageSamples.Create(kind, 60, 40);

        Refusal(mask).ShouldMatch("^expected a mask, that is an image with transparent and opaque parts or one in black and white, but received an opaque image of which only [0-9]% is black or white\\. "
            + "Transparent pixels mark what changes and opaque ones what stays; in a mask without transparency white changes and black stays\\. Or describe the region by shapes instead\\.$");
    }

    [Fact]
    public void Another_shape_is_refused_with_the_size_it_should_have() =>
        Refusal(Plain(new Dimensions(60, 60), Colour.Black, Colour.White)).ShouldBe(
            "expected a mask of 60x40, the image's upright size, or of the same aspect ratio, but received 60x60. Draw the mask over the whole upright image; at its width it would be 60x40.");

    [Theory]
    [InlineData(0, null, "changes nothing: it has no white. Set invert to true or")]
    [InlineData(255, null, "changes all of it: it has no black. Set invert to true, mark")]
    [InlineData(0, true, "changes all of it: it has no white. Leave invert out, mark")]
    [InlineData(255, true, "changes nothing: it has no black. Leave invert out or")]
    public void Nothing_and_everything_are_refused(byte grey, bool? invert, string expected) =>
        Refusal(Drawn(ImageSize, (_, _) => Grey(grey)), invert).ShouldContain(expected);

    [Fact]
    public void So_is_transparency_everywhere() =>
        Refusal(Drawn(ImageSize, (_, _) => Colour.Transparent)).ShouldContain("transparent everywhere");

    [Fact]
    public void So_are_an_only_hole_and_an_only_speck_that_scaling_swallowed()
    {
        var speck = Drawn(new Dimensions(600, 400), (x, y) => x == 300 && y == 200 ? Colour.Transparent : Red);

        Refusal(speck).ShouldContain("changes nothing: at the image's size no pixel of it is transparent");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_colour_on_transparent_ground_is_followed_only_when_its_meaning_is_said(bool invert)
    {
        var strokes = Plain(ImageSize, Colour.Transparent, Red);

        Refusal(strokes).ShouldBe(
            "expected an unambiguous mask but received one colour on a transparent background, which may be strokes over what should change or a cut-out of what should stay. "
            + "Say which: invert false changes the transparent 87% of the image, invert true changes the painted 13%.");
        Read(strokes, ImageSize, invert).Region.Contains(25, 15).ShouldBe(invert);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void So_is_black_on_white_that_reaches_the_border(bool invert)
    {
        var black = Plain(ImageSize, Colour.White, Colour.Black);

        Refusal(black).ShouldBe(
            "expected an unambiguous mask but received a white one with black inside, and white would change 87% of the image, its border included. "
            + "Say which: invert false changes the white 87%, invert true changes the black 13%.");
        Read(black, ImageSize, invert).Region.Contains(25, 15).ShouldBe(invert);
    }

    [Fact]
    public void A_cut_out_of_many_colours_says_what_stays()
    {
        var subject = Drawn(ImageSize, (x, y) => x is > 20 and < 40 ? new Colour((byte)(x * 4), (byte)(y * 6), 10) : Colour.Transparent);

        Read(subject, ImageSize, null).Region.Contains(0, 0).ShouldBeTrue();
    }

    [Fact]
    public void What_is_no_image_is_refused_as_such() =>
        Should.Throw<UnreadableImageException>(() => Read(EncodedImage.FromMemory("<svg/>"u8.ToArray()), ImageSize, null));

    /// <summary>An eighth of the image.</summary>
    private static PixelArea Hole => new(20, 10, new Dimensions(20, 16));

    private static MaskReadResult Read(EncodedImage mask, Dimensions image, bool? invert) =>
        MaskReader.Read(mask, ImageHeader.Read(mask).Size, image, invert);

    private static string Refusal(EncodedImage mask, bool? invert = null) =>
        Should.Throw<UnusableMaskException>(() => Read(mask, ImageSize, invert)).Message;

    private static EncodedImage Photograph(Colour hole) =>
        Drawn(ImageSize, (x, y) => Inside(x, y, ImageSize) ? hole : new Colour((byte)(x * 4), (byte)(y * 5), 90));

    private static EncodedImage Plain(Dimensions size, Colour ground, Colour hole, ImageFormat format = ImageFormat.Png) =>
        Drawn(size, (x, y) => Inside(x, y, size) ? hole : ground, format);

    private static bool Inside(int x, int y, Dimensions size) =>
        x * 60 / size.Width is >= 20 and < 40 && y * 40 / size.Height is >= 10 and < 26;

    private static Colour Grey(byte value) => new(value, value, value);

    private static EncodedImage Drawn(Dimensions size, Func<int, int, Colour> colour, ImageFormat format = ImageFormat.Png)
    {
        var pixels = new byte[size.PixelCount * 4];
        for (var i = 0; i < size.PixelCount; i++)
        {
            var pixel = colour(i % size.Width, i / size.Width);
            (pixels[i * 4], pixels[(i * 4) + 1], pixels[(i * 4) + 2], pixels[(i * 4) + 3]) = (pixel.Red, pixel.Green, pixel.Blue, pixel.Alpha);
        }

        return Image.FromPixels(size, pixels).Encoded(format);
    }
}
