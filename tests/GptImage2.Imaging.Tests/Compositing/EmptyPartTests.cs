using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Testing.Matting;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Tests.Compositing;

/// <summary>Something new in an empty part of a sprite, drawn on a backdrop, comes without it.</summary>
public sealed class EmptyPartTests
{
    private const int Edge = 320;

    private static readonly Dimensions Size = new(Edge, Edge);

    private static readonly RegionMask Region = RegionMask.FromShapes(Size, [new RegionShape.Rectangle(170, 20, 140, 280)]);

    private static readonly CanvasPlacement Whole = new(PixelArea.FromSize(Size), 1, Size, 0, 0);

    private static readonly Colour Green = new(0, 177, 64);

    /// <summary>Touches no border, one, or so many that hardly any backdrop is left along it.</summary>
    public static TheoryData<string, int> Cases() => new()
    {
        { "apart", 8 },
        { "at the left", 8 },
        { "around", 8 },
        { "apart", 16 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_new_thing_has_its_own_alpha_and_the_rest_is_as_it_was(string hero, int bits)
    {
        var (sprite, thing) = (DrawSprite(hero), DrawThing());
        var original = Encode(sprite, bits);
        var drawing = SceneComposer.Compose(Join(sprite, thing), new Backdrop("backdrop", new Colour(8, 170, 70)) { Noise = 2, Light = (x, y) => 1 - (0.05 * x * y) });

        var (result, report) = Paste(original, drawing, new PasteOptions(4, Backdrop: Green));

        (report.CutOut, report.AlphaRevealed, report.ChangedOutside).ShouldBe((true, true, 0));
        var truth = Join(sprite, thing);
        double error = 0, tint = 0;
        foreach (var place in Places())
        {
            var (alpha, expected) = (result[(place * 4) + 3] / 255.0, truth.Alpha(place));
            error += Math.Abs(alpha - expected);
            tint = Math.Max(tint, (result[(place * 4) + 1] - Math.Max(result[place * 4], result[(place * 4) + 2])) * alpha);
        }

        (error / Places().Count()).ShouldBeLessThan(0.004);
        tint.ShouldBeLessThan(12, "nothing green is drawn there");
        result[(((160 * Edge) + 240) * 4) + 3].ShouldBe((byte)255);
        result[(((40 * Edge) + 180) * 4) + 3].ShouldBe((byte)0);
    }

    [Fact]
    public void What_cannot_be_cut_out_of_the_backdrop_is_not_pasted_as_if_it_were()
    {
        var original = Encode(DrawSprite("apart"), 8);
        using var scene = Image.FromPixels(Size, [.. Enumerable.Range(0, Edge * Edge).SelectMany(place => new byte[] { (byte)(place * 7), (byte)(place / 3), (byte)(place / Edge), 255 })]);

        Should.Throw<BackgroundRemovalException>(() => Paste(original, scene.Encoded(), new PasteOptions(4, Backdrop: Green)));
    }

    [Theory]
    [InlineData(170, 1)]
    [InlineData(40, 0.38)]
    public void How_transparent_a_region_is_says_its_alpha(int left, double share) =>
        AlphaReveal.MeasureTransparency(Encode(DrawSprite("apart"), 8), RegionMask.FromShapes(Size, [new RegionShape.Rectangle(left, 80, 80, 180)])).ShouldBe(share, 0.02);

    [Fact]
    public void Transparency_is_sent_as_the_backdrop()
    {
        using var sent = CanvasCrop.Extract(Encode(DrawSprite("apart"), 8), Whole, Green);

        sent.PixelAt(300, 10).ShouldBe(Green);
        sent.PixelAt(80, 160).ShouldBeNear(new Colour(190, 60, 50), 1);
    }

    private static IEnumerable<int> Places() => Enumerable.Range(0, Edge * Edge).Where(place => Region.Contains(place % Edge, place / Edge));

    private static SubjectDrawing DrawSprite(string hero)
    {
        var drawing = new SubjectDrawing(Edge);
        return hero switch
        {
            "apart" => drawing.Disc(80, 160, 60).Fill(new Colour(190, 60, 50)),
            "at the left" => drawing.Box(0, 0, 120, Edge).Fill(new Colour(190, 60, 50)),
            _ => drawing.Box(0, 0, 150, Edge).Box(0, 0, Edge, 12).Box(0, Edge - 12, Edge, Edge).Fill(new Colour(60, 70, 190)),
        };
    }

    /// <summary>A solid middle and a soft rim.</summary>
    private static SubjectDrawing DrawThing() => new SubjectDrawing(Edge).Ellipse(240, 160, 45, 80).Fill(new Colour(230, 200, 190));

    private static Subject Join(Subject sprite, Subject thing)
    {
        byte[] pixels = new byte[Edge * Edge * 4];
        for (var place = 0; place < Edge * Edge; place++)
        {
            var above = thing.Alpha(place) > 0 ? thing : sprite;
            WritePixel(pixels, place, above);
        }

        using var image = Image.FromPixels(Size, pixels);
        return Subject.FromImage(image);
    }

    private static EncodedImage Encode(Subject subject, int bits)
    {
        byte[] pixels = new byte[Edge * Edge * 4];
        for (var place = 0; place < Edge * Edge; place++)
        {
            WritePixel(pixels, place, subject);
        }

        using var image = Image.FromPixels(Size, pixels);
        using var native = bits is 16 ? image.Native.ToSixteenBit("rgb16") : image.Native.Copy();
        using var deep = new Image(native);
        return deep.Encoded();
    }

    private static void WritePixel(byte[] pixels, int place, Subject subject)
    {
        var alpha = subject.Alpha(place);
        for (var channel = 0; channel < 3 && alpha > 0; channel++)
        {
            pixels[(place * 4) + channel] = (byte)Math.Clamp(Math.Round(subject.CompositeOver(place, channel, 0) / alpha), 0, 255);
        }

        pixels[(place * 4) + 3] = (byte)Math.Round(alpha * 255);
    }

    private static (byte[] Rgba, CompositeReport Report) Paste(EncodedImage original, EncodedImage drawing, PasteOptions options)
    {
        using var output = new MemoryStream();
        var report = Compositor.Composite(original, drawing, Whole, Region, options, SampleImages.Png, output);
        using var result = Image.Open(EncodedImage.FromMemory(output.ToArray()));
        return (result.ToRgbaBytes(), report);
    }
}
