using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Masks;
using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Tests.Masks;

/// <summary>Masks as retouchers and segmenters make them: the levels in between are how much a pixel changes.</summary>
public sealed class SoftMaskTests
{
    private static readonly Dimensions Size = new(160, 100);

    private static readonly PixelArea Whole = PixelArea.FromSize(Size);

    public static TheoryData<string> Kinds => ["white", "black, inverted", "transparent", "opaque, inverted", "white, jpeg", "white, twice the size"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_blurred_mask_is_the_weight_of_the_change(string kind)
    {
        var region = ReadKind(kind);

        var weights = region.GetFeatherWeights(Whole, 0);
        region.IsSoft.ShouldBeTrue();
        var tolerance = kind.Contains("jpeg", StringComparison.Ordinal) ? 12 : 6;
        for (var x = 0; x < Size.Width; x++)
        {
            ((double)weights[(50 * Size.Width) + x]).ShouldBe(Math.Clamp((Blurred(x) - 8) * 255 / 239, 0, 255), tolerance, $"at {x}");
        }

        (weights[(50 * Size.Width) + 20], weights[(50 * Size.Width) + 150]).ShouldBe(((byte)0, (byte)255), "plain ground is exactly the end");
    }

    [Theory]
    [InlineData(0.75)]
    [InlineData(0.5)]
    [InlineData(0.25)]
    public void A_matte_keeps_its_hair(double opacity)
    {
        // Strands of one pixel leave a body, as faint as a segmenter makes them.
        var matte = Drawn((x, y) => x > 100 ? 255 : x > 60 && y % 8 is 3 ? 255 * opacity : 0);

        var region = MaskReader.Read(matte, Size, Size, false).Region;

        var weights = region.GetFeatherWeights(Whole, 0);
        ((double)weights[(51 * Size.Width) + 80]).ShouldBe(Math.Min(255, ((255 * opacity) - 8) * 255 / 239), 2);
        weights[(54 * Size.Width) + 80].ShouldBe((byte)0);
        // All of the hair is open to the service, though the last of it is hardly seen.
        var fit = new CanvasPlacement(Whole, 1, Size, 0, 0);
        using var png = new MemoryStream();
        CanvasCrop.WriteMask(region, fit, png, 1_000_000);
        using var opened = Image.Open(EncodedImage.FromMemory(png.ToArray()));
        var sent = opened.ToRgbaBytes();
        Enumerable.Range(0, Size.Width * Size.Height).ShouldAllBe(i => sent[(i * 4) + 3] == (weights[i] == 0 ? 255 : 0));
    }

    [Theory]
    [InlineData(ImageFormat.Png, 1)]
    [InlineData(ImageFormat.Jpeg, 1)]
    [InlineData(ImageFormat.Webp, 1)]
    [InlineData(ImageFormat.Png, 3)]
    [InlineData(ImageFormat.Jpeg, 3)]
    public void A_hard_mask_stays_hard_however_it_is_saved(ImageFormat format, int times)
    {
        var size = new Dimensions(Size.Width * times, Size.Height * times);
        var mask = Drawn((x, y) => Math.Clamp((40 * times) - Math.Sqrt(((x - (80.0 * times)) * (x - (80.0 * times))) + ((y - (50.0 * times)) * (y - (50.0 * times)))) + 0.5, 0, 1) * 255, size, format);

        var region = MaskReader.Read(mask, size, Size, null).Region;

        region.IsSoft.ShouldBeFalse();
        region.GetFeatherWeights(Whole, 0).ShouldAllBe(weight => weight == 0 || weight == 255);
    }

    [Theory]
    [InlineData("a shade from black to white")]
    [InlineData("a coloured glow")]
    [InlineData("a grey photograph of night")]
    [InlineData("a grey photograph of contrast")]
    public void What_is_no_mask_is_refused_as_before(string what)
    {
        var random = new Random(4);
        var mask = what switch
        {
            "a shade from black to white" => Drawn((x, _) => x * 255.0 / 159),
            "a coloured glow" => Coloured((x, _) => ((byte)Blurred(x), 0, (byte)(Blurred(x) / 2))),
            "a grey photograph of night" => Drawn((x, y) => (x / 20 * 7 + y / 20 * 13) % 10 < 8 ? random.Next(14) : 30 + random.Next(90)),
            _ => Drawn((x, y) => (x / 16 + (y / 16)) % 2 is 0 ? 30 + random.Next(60) : 190 + random.Next(65)),
        };

        Should.Throw<UnusableMaskException>(() => MaskReader.Read(mask, Size, Size, null)).Message
            .ShouldStartWith("expected a mask, that is an image with transparent and opaque parts or one in black and white, but received an opaque image of which only ");
    }

    [Fact]
    public void A_feather_that_is_asked_for_comes_on_top()
    {
        var region = ReadKind("white");

        var (own, feathered) = (region.GetFeatherWeights(Whole, 0), region.GetFeatherWeights(Whole, 20));

        own.Zip(feathered).ShouldAllBe(pair => pair.Second <= pair.First);
        feathered.Zip(own).Count(pair => pair.First < pair.Second).ShouldBeGreaterThan(1000);
        feathered[(50 * Size.Width) + 150].ShouldBe((byte)255);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("png 16")]
    public void What_is_pasted_is_weighed_by_it_and_a_weight_of_nothing_changes_nothing(string depth)
    {
        var region = ReadKind("white");
        var weights = region.GetFeatherWeights(Whole, 0);
        var original = Compositing.SourceImageSamples.Create(depth, Size.Width, Size.Height);
        using var answer = Image.FromColour(Size, new Colour(250, 5, 128));
        using var output = new MemoryStream();

        var report = Compositor.Composite(
            original, answer.CopyToMemory().Encoded(), new CanvasPlacement(Whole, 1, Size, 0, 0), region, new PasteOptions(0, MatchColours: false), SampleImages.Png, output);

        var (before, after) = (Samples(original), Samples(EncodedImage.FromMemory(output.ToArray())));
        var full = depth is "png 16" ? 257 : 1;
        int[] colour = [250 * full, 5 * full, 128 * full];
        for (var i = 0; i < before.Length; i++)
        {
            var (weight, drawn) = (weights[i / 3], colour[i % 3]);
            ((double)after[i]).ShouldBe(weight switch { 0 => before[i], 255 => drawn, _ => before[i] + ((drawn - before[i]) * weight / 255.0) }, weight is 0 or 255 ? 0 : full, $"{i}");
        }

        report.ChangedOutside.ShouldBe(0);
        report.Coverage.ShouldBe(weights.Count(weight => weight > 0) / (double)weights.Length);
    }

    [Fact]
    public void It_is_persisted_exactly()
    {
        var region = ReadKind("white");
        using var png = new MemoryStream();

        RegionMaskFile.Write(region, png);
        var read = RegionMaskFile.Read(EncodedImage.FromMemory(png.ToArray()), Size, region.Bounds);

        read.IsSoft.ShouldBeTrue();
        read.GetFeatherWeights(Whole, 0).ShouldBe(region.GetFeatherWeights(Whole, 0));
    }

    private static RegionMask ReadKind(string kind)
    {
        var twice = new Dimensions(Size.Width * 2, Size.Height * 2);
        var mask = kind switch
        {
            "black, inverted" => Drawn((x, _) => 255 - Blurred(x)),
            "transparent" => Alpha(x => 255 - Blurred(x)),
            "opaque, inverted" => Alpha(Blurred),
            "white, jpeg" => Drawn((x, _) => Blurred(x), format: ImageFormat.Jpeg),
            "white, twice the size" => Drawn((x, _) => Blurred((x - 0.5) / 2), twice),
            _ => Drawn((x, _) => Blurred(x)),
        };
        return MaskReader.Read(mask, ImageHeader.Read(mask).Size, Size, kind.EndsWith("inverted", StringComparison.Ordinal)).Region;
    }

    /// <summary>An edge as a blur of some pixels leaves it: an S from black to white around the hundredth column.</summary>
    private static double Blurred(double x) => 255 / (1 + Math.Exp((100 - x) / 5));

    private static ushort[] Samples(EncodedImage image)
    {
        using var picture = Image.Open(image);
        var bytes = picture.Native.ToByteArray();
        return picture.Native.Format is Vips.Interop.VipsBandFormat.UShort ? MemoryMarshal.Cast<byte, ushort>(bytes).ToArray() : [.. bytes.Select(value => (ushort)value)];
    }

    private static EncodedImage Drawn(Func<int, int, double> level, Dimensions? size = null, ImageFormat format = ImageFormat.Png) => Coloured(
        (x, y) =>
        {
            var grey = (byte)Math.Round(level(x, y));
            return (grey, grey, grey);
        },
        size,
        format);

    private static EncodedImage Coloured(Func<int, int, (byte Red, byte Green, byte Blue)> colour, Dimensions? size = null, ImageFormat format = ImageFormat.Png)
    {
        var whole = size ?? Size;
        var pixels = new byte[whole.PixelCount * 4];
        for (var i = 0; i < pixels.Length; i += 4)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2]) = colour(i / 4 % whole.Width, i / 4 / whole.Width);
            pixels[i + 3] = 255;
        }

        return Image.FromPixels(whole, pixels).Encoded(format);
    }

    private static EncodedImage Alpha(Func<double, double> alpha)
    {
        var pixels = new byte[Size.PixelCount * 4];
        for (var i = 0; i < pixels.Length; i += 4)
        {
            var x = i / 4 % Size.Width;
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = ((byte)x, (byte)(x * 3), 90, (byte)Math.Round(alpha(x)));
        }

        return Image.FromPixels(Size, pixels).Encoded();
    }
}
