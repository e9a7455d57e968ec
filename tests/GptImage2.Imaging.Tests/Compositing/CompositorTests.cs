using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Tests.Compositing;

public sealed class CompositorTests
{
    private static readonly Dimensions Size = new(61, 47);

    private static readonly SaveOptions Webp = new() { Format = ImageFormat.Webp, Lossless = true };

    /// <summary>What was sent of the small images: a part, enlarged a little, with padding.</summary>
    private static readonly CanvasPlacement Fit = new(new PixelArea(6, 4, new Dimensions(50, 40)), 1.5, new Dimensions(80, 64), 2, 2);

    public static TheoryData<string> Kinds() => [.. SourceImageSamples.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Outside_the_region_every_pixel_is_the_originals(string kind)
    {
        var original = SourceImageSamples.Create(kind);
        var random = new Random(kind.Length);
        // To build a conversion from CMYK takes a tenth of a second.
        var rounds = kind.Contains("cmyk", StringComparison.Ordinal) ? 1 : 4;
        for (var i = 0; i < rounds; i++)
        {
            var region = Shape(random, i);
            var (bytes, report) = Paste(original, Answer(Fit, random.Next()), region, random.Next(0, 9));

            ShouldKeep(original, bytes, region, report);
            report.ChangedOutside.ShouldBe(0);
            report.ChangedInside.ShouldBeGreaterThan(0.5);
            report.Coverage.ShouldBe(region.Coverage);
        }
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg turned")]
    [InlineData("png grey")]
    [InlineData("png p3")]
    public void Lossless_webp_keeps_as_much(string kind)
    {
        var original = SourceImageSamples.Create(kind);
        var region = Shape(new Random(1), 1);

        var (bytes, _) = Paste(original, Answer(Fit, 1), region, 3, save: Webp);

        using var before = Image.Open(original);
        using var after = Image.Open(EncodedImage.FromMemory(bytes));
        ImageHeader.Read(EncodedImage.FromMemory(bytes)).HasProfile.ShouldBe(kind == "png p3");
        var (was, became) = (before.ToRgbaBytes(), after.ToRgbaBytes());
        Positions().Where(at => !region.Contains(at.X, at.Y)).All(at => Same(was, became, at.X, at.Y)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("png", 8, ColourSpace.Rgb)]
    [InlineData("png 16", 16, ColourSpace.Rgb)]
    [InlineData("png 16 alpha", 16, ColourSpace.Rgb)]
    [InlineData("png p3", 8, ColourSpace.Rgb)]
    [InlineData("png p3 16", 16, ColourSpace.Rgb)]
    [InlineData("png grey", 8, ColourSpace.Grey)]
    [InlineData("png grey 16", 16, ColourSpace.Grey)]
    [InlineData("png grey alpha", 8, ColourSpace.Grey)]
    [InlineData("jpeg grey profile", 8, ColourSpace.Grey)]
    [InlineData("jpeg cmyk", 8, ColourSpace.Rgb)]
    [InlineData("png palette", 8, ColourSpace.Rgb)]
    public void Depth_profile_and_alpha_are_kept_and_the_answer_is_brought_into_them(string kind, int bits, ColourSpace space)
    {
        Assert.SkipWhen(kind == "jpeg grey profile" && Version.Parse(LibvipsInfo.Version) < new Version(8, 16), "This libvips writes so small a profile into a PNG but does not read it.");
        var original = SourceImageSamples.Create(kind);
        var before = ImageHeader.Read(original);
        var middle = new Colour(180, 180, 180);
        var region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(20, 15, 20, 15)]);

        var (bytes, report) = Paste(original, Plain(middle), region, 3);

        var after = ImageHeader.Read(EncodedImage.FromMemory(bytes));
        (after.BitsPerChannel, after.ColourSpace, after.HasAlpha).ShouldBe((bits, space, before.HasAlpha));
        after.HasProfile.ShouldBe(before.HasProfile && kind != "jpeg cmyk");
        report.CmykConverted.ShouldBe(kind == "jpeg cmyk");
        using var seen = Image.Open(EncodedImage.FromMemory(bytes));
        var pixel = seen.PixelAt(30, 22);
        new Colour(pixel.Red, pixel.Green, pixel.Blue).ShouldBeNear(middle, 2);
    }

    [Fact]
    public void What_is_printed_black_is_black_on_a_screen()
    {
        using var black = VipsImage.FromPixels(new byte[48], 4, 4, 3).Pipe(pixels => pixels.WithInterpretation("srgb"));
        using var printed = new VipsOperation("icc_transform").With("in", black).With("input-profile", "srgb").With("output-profile", "cmyk").ToImage();

        using var shown = printed.ToSrgb8();

        shown.ToByteArray().Max().ShouldBeLessThan((byte)6);
    }

    [Fact]
    public void A_saturated_answer_looks_the_same_through_another_profile()
    {
        var red = new Colour(220, 30, 40);
        var region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(20, 15, 20, 15)]);

        var (bytes, _) = Paste(SourceImageSamples.Create("png p3"), Plain(red), region, 0);

        using var seen = Image.Open(EncodedImage.FromMemory(bytes));
        seen.PixelAt(30, 22).ShouldBeNear(red, 3);
        Raw(EncodedImage.FromMemory(bytes)).Values[(22 * 61 + 30) * 3].ShouldBeLessThan((ushort)213);
    }

    [Theory]
    [InlineData("jpeg scanner")]
    [InlineData("jpeg camera")]
    [InlineData("jpeg wrong way back")]
    public void Where_a_profile_takes_no_colours_all_becomes_sRGB_and_looks_as_before(string kind)
    {
        var red = new Colour(220, 30, 40);
        var region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(20, 15, 20, 15)]);
        var original = SourceImageSamples.Create(kind);

        var (bytes, report) = Paste(original, Plain(red), region, 0);

        (report.ProfileUnwritable, report.ProfileConverted, report.BecameEightBit, report.ChangedOutside).ShouldBe((true, false, false, 0));
        ImageHeader.Read(EncodedImage.FromMemory(bytes)).HasProfile.ShouldBeFalse();
        using var seen = Image.Open(EncodedImage.FromMemory(bytes));
        using var before = Image.Open(original);
        seen.PixelAt(30, 22).ShouldBeNear(red, 1);
        seen.PixelAt(5, 5).ShouldBe(before.PixelAt(5, 5));
        before.PixelAt(5, 5).ShouldNotBe(Stored(original, 5, 5), "the profile means something");
    }

    [Theory]
    [InlineData("png grey", true, false)]
    [InlineData("jpeg grey", true, false)]
    [InlineData("jpeg grey profile", false, true)]
    [InlineData("png", false, false)]
    public void Grey_turns_into_colour_where_colour_was_drawn_unless_its_profile_is_grey(string kind, bool turns, bool stays)
    {
        var region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(20, 15, 20, 15)]);

        var (bytes, report) = Paste(SourceImageSamples.Create(kind), Plain(new Colour(220, 30, 40)), region, 2);

        (report.BecameColour, report.GreyKept).ShouldBe((turns, stays));
        ImageHeader.Read(EncodedImage.FromMemory(bytes)).ColourSpace.ShouldBe(stays ? ColourSpace.Grey : ColourSpace.Rgb);
    }

    [Fact]
    public void A_tint_on_grey_is_no_colour()
    {
        var region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(20, 15, 20, 15)]);

        var (_, report) = Paste(SourceImageSamples.Create("png grey"), Plain(new Colour(130, 124, 118)), region, 2);

        report.BecameColour.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(200, false)]
    public void What_was_drawn_where_nothing_was_becomes_visible(byte alpha, bool opens)
    {
        using var faint = Image.FromColour(Size, new Colour(0, 0, 0, alpha));
        var original = faint.CopyToMemory().Encoded();
        var region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(15, 12, 30, 24)]);

        var (bytes, report) = Paste(original, Plain(Colour.White), region, 5);

        report.AlphaRevealed.ShouldBe(opens);
        using var seen = Image.Open(EncodedImage.FromMemory(bytes));
        seen.PixelAt(30, 22).Alpha.ShouldBe(opens ? (byte)255 : alpha);
        seen.PixelAt(10, 10).Alpha.ShouldBe(alpha);
        // Halfway into the feather no hidden black may show.
        if (alpha == 0)
        {
            seen.PixelAt(17, 22).ShouldSatisfyAllConditions(pixel => pixel.Alpha.ShouldBeInRange((byte)20, (byte)230), pixel => pixel.Red.ShouldBe((byte)255));
        }
    }

    [Fact]
    public void A_16_bit_image_as_webp_has_8_bits_and_that_is_said()
    {
        var region = Shape(new Random(1), 1);

        Paste(SourceImageSamples.Create("png 16"), Answer(Fit, 1), region, 2, save: Webp).Report.ShouldSatisfyAllConditions(
            report => report.BecameEightBit.ShouldBeTrue(),
            report => report.ProfileConverted.ShouldBeFalse(),
            report => report.ChangedOutside.ShouldBe(0));
        Paste(SourceImageSamples.Create("png p3 16"), Answer(Fit, 1), region, 2, save: Webp).Report.ProfileConverted.ShouldBeTrue();
    }

    [Fact]
    public void With_the_models_outside_all_that_was_sent_is_the_models_and_that_is_measured()
    {
        var original = SourceImageSamples.Create("png");
        var region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(25, 20, 10, 10)]);

        var (bytes, report) = Paste(original, Plain(new Colour(10, 20, 250)), region, 3, OutsidePixels.Model, new SaveOptions { Format = ImageFormat.Png });

        var sent = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(6, 4, 50, 40)]);
        ShouldKeep(original, bytes, sent, report);
        report.ChangedOutside.ShouldBe((2000 - 100) / (2867.0 - 100), 0.05);
        report.ChangedInside.ShouldBe(1);
        using var seen = Image.Open(EncodedImage.FromMemory(bytes));
        seen.PixelAt(12, 12).ShouldBeNear(new Colour(10, 20, 250), 1);
        // At the edges of what was sent it fades in.
        seen.PixelAt(6, 20).Blue.ShouldBeLessThan((byte)190);
    }

    [Fact]
    public void Jpeg_only_where_the_models_pixels_may_be_outside()
    {
        var jpeg = new SaveOptions { Format = ImageFormat.Jpeg };
        var region = Shape(new Random(1), 1);

        Should.Throw<ArgumentException>(() => Paste(SourceImageSamples.Create("png"), Answer(Fit, 1), region, 2, OutsidePixels.Keep, jpeg));
        Should.Throw<ArgumentException>(() => Paste(SourceImageSamples.Create("png"), Answer(Fit, 1), region, 2, OutsidePixels.Keep, new SaveOptions { Format = ImageFormat.Webp }));
        Paste(SourceImageSamples.Create("png alpha"), Answer(Fit, 1), region, 2, OutsidePixels.Model, jpeg).Bytes.Length.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("jpeg", 95)]
    [InlineData("jpeg turned", 95)]
    [InlineData("jpeg grey", 95)]
    [InlineData("jpeg p3", 95)]
    [InlineData("jpeg", 60)]
    public void A_jpeg_may_stay_one_and_what_that_cost_is_measured(string kind, int quality)
    {
        var original = SourceImageSamples.Create(kind);
        var region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(20, 15, 20, 15)]);

        var (bytes, report) = Paste(original, Plain(new Colour(128, 128, 128)), region, 0, save: new SaveOptions { Format = ImageFormat.Jpeg, Quality = quality, FullChroma = true });

        var (before, after) = (Raw(original), Raw(EncodedImage.FromMemory(bytes)));
        after.Bands.ShouldBe(before.Bands);
        var outside = Positions().Where(at => !region.Contains(at.X, at.Y)).ToArray();
        int[] differences = [.. outside.SelectMany(at => Enumerable.Range(0, before.Bands).Select(band => Math.Abs(Pixel(before, at)[band] - Pixel(after, at)[band])))];
        report.Reencoding.ShouldNotBeNull();
        report.Reencoding.Largest.ShouldBe(differences.Max());
        report.Reencoding.Mean.ShouldBe(differences.Average(), 1e-9);
        report.ChangedOutside.ShouldBe((double)outside.Count(at => !Pixel(before, at).SequenceEqual(Pixel(after, at))) / outside.Length, 1e-9);
        (report.Reencoding.Mean < 1.5).ShouldBe(quality == 95);
    }

    [Fact]
    public void An_image_too_large_for_memory_streams_through_to_its_end()
    {
        var size = new Dimensions(2100, 2050);
        using var pixel = VipsImage.FromPixels([90, 120, 200, 255], 1, 1, 4);
        using var deep = pixel.ToSixteenBit("rgb16");
        using var large = new Image(deep.Embed(0, 0, size, "copy"));
        var region = RegionMask.FromShapes(size, [new RegionShape.Rectangle(1000, 40, 60, 50)]);
        var fit = new CanvasPlacement(new PixelArea(990, 30, new Dimensions(80, 64)), 1, new Dimensions(80, 64), 0, 0);

        var (bytes, report) = Paste(large.Encoded(), Plain(Colour.Black), region, 4, fit: fit);

        (report.ChangedInside, report.ChangedOutside).ShouldBe((1, 0));
        ImageHeader.Read(EncodedImage.FromMemory(bytes)).Size.ShouldBe(size);
    }

    [Fact]
    public void An_answer_of_another_size_is_scaled_to_what_was_asked()
    {
        using var answer = SampleImages.Opaque(160, 128);
        var region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(10, 8, 40, 32)]);

        var (bytes, _) = Paste(SourceImageSamples.Create("png"), answer.CopyToMemory().Encoded(), region, 0);

        using var seen = Image.Open(EncodedImage.FromMemory(bytes));
        // The canvas' pixel 2 + 1.5 * (30.5 - 6) lies under the original's pixel 30.
        seen.PixelAt(30, 24).ShouldBeNear(new Colour((byte)(38.75 / 80 * 255), (byte)(32.75 / 64 * 255), 64), 3);
    }

    [Fact]
    public void A_shade_that_changes_shows_as_a_shift_and_a_texture_drawn_anew_does_not()
    {
        var size = new Dimensions(120, 100);
        var fit = new CanvasPlacement(new PixelArea(0, 0, size), 1, size, 0, 0);
        var region = RegionMask.FromShapes(size, [new RegionShape.Rectangle(40, 30, 40, 40)]);
        var original = SourceImageSamples.Create("png", 120, 100);

        PasteSent(original, fit, region, brighter: 0).ColourShift.ShouldBeLessThan(1.5);
        PasteSent(original, fit, region, brighter: 9).ColourShift.ShouldBe(9, 1.5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refuses_a_region_of_another_image_and_one_that_was_not_sent(bool other)
    {
        var region = RegionMask.FromShapes(other ? new Dimensions(62, 47) : Size, [new RegionShape.Rectangle(0, 0, 4, 4)]);

        Should.Throw<ArgumentException>(() => Paste(SourceImageSamples.Create("png"), Answer(Fit, 1), region, 0));
    }

    /// <summary>The image sent and brought back with new grain, as a model would.</summary>
    private static CompositeReport PasteSent(EncodedImage original, CanvasPlacement fit, RegionMask region, int brighter)
    {
        using var sent = CanvasCrop.Extract(original, fit);
        var pixels = sent.ToRgbaBytes();
        var random = new Random(5);
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = i % 4 == 3 ? (byte)255 : (byte)Math.Clamp(pixels[i] + brighter + random.Next(-5, 6), 0, 255);
        }

        return Paste(original, Image.FromPixels(fit.Canvas, pixels).Encoded(), region, 8, fit: fit, matchColours: false).Report;
    }

    private static (byte[] Bytes, CompositeReport Report) Paste(
        EncodedImage original, EncodedImage answer, RegionMask region, int feather,
        OutsidePixels outside = OutsidePixels.Keep, SaveOptions? save = null, CanvasPlacement? fit = null, bool matchColours = true)
    {
        using var output = new MemoryStream();
        var report = Compositor.Composite(original, answer, fit ?? Fit, region, new PasteOptions(feather, outside, matchColours), save ?? SampleImages.Png, output);
        return (output.ToArray(), report);
    }

    private static RegionMask Shape(Random random, int kind)
    {
        var (left, top) = (random.Next(8, 20), random.Next(6, 14));
        RegionShape shape = (kind % 3) switch
        {
            0 => new RegionShape.Rectangle(left, top, 25, 20),
            1 => new RegionShape.Ellipse(left, top, 30, 22),
            _ => new RegionShape.Polygon([new(left, top), new(left + 30, top + 4), new(left + 12, top + 27)]),
        };
        return RegionMask.FromShapes(Size, [shape], invert: kind == 3);
    }

    private static EncodedImage Answer(CanvasPlacement fit, int seed)
    {
        var pixels = new byte[fit.Canvas.PixelCount * 4];
        new Random(seed).NextBytes(pixels);
        for (var i = 3; i < pixels.Length; i += 4)
        {
            pixels[i] = 255;
        }

        return Image.FromPixels(fit.Canvas, pixels).Encoded();
    }

    /// <summary>The numbers in the file, whatever its profile says of them.</summary>
    private static Colour Stored(EncodedImage image, int x, int y)
    {
        var (values, bands) = Raw(image);
        var at = ((y * Size.Width) + x) * bands;
        return new Colour((byte)values[at], (byte)values[at + 1], (byte)values[at + 2]);
    }

    private static EncodedImage Plain(Colour colour) => Image.FromColour(Fit.Canvas, colour).Encoded();

    private static void ShouldKeep(EncodedImage original, byte[] result, RegionMask region, CompositeReport report)
    {
        var before = Raw(original, report);
        var after = Raw(EncodedImage.FromMemory(result));
        after.Bands.ShouldBe(before.Bands);
        Positions().Where(at => !region.Contains(at.X, at.Y)).All(at => Pixel(before, at).SequenceEqual(Pixel(after, at))).ShouldBeTrue();
    }

    private static ReadOnlySpan<ushort> Pixel((ushort[] Values, int Bands) image, (int X, int Y) at) =>
        image.Values.AsSpan(((at.Y * Size.Width) + at.X) * image.Bands, image.Bands);

    /// <summary>The values as decoded and turned upright, at their own depth; of what cannot be kept, what it is said to have become.</summary>
    private static (ushort[] Values, int Bands) Raw(EncodedImage image, CompositeReport? report = null)
    {
        using var picture = Image.Open(image);
        using var said = report switch
        {
            { CmykConverted: true } => picture.Native.ToSrgb8(),
            { BecameColour: true } => picture.Native.GreyToRgb(),
            _ => picture.Native.Copy(),
        };
        new Dimensions(said.Width, said.Height).ShouldBe(Size);
        var bytes = said.ToByteArray();
        return (said.Format is VipsBandFormat.UShort ? MemoryMarshal.Cast<byte, ushort>(bytes).ToArray() : [.. bytes.Select(value => (ushort)value)], said.Bands);
    }

    private static bool Same(byte[] was, byte[] became, int x, int y) =>
        was.AsSpan(((y * Size.Width) + x) * 4, 4).SequenceEqual(became.AsSpan(((y * Size.Width) + x) * 4, 4));

    private static IEnumerable<(int X, int Y)> Positions() =>
        from y in Enumerable.Range(0, Size.Height) from x in Enumerable.Range(0, Size.Width) select (x, y);
}
