using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Keying;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting;

public sealed class BackgroundRemoverTests
{
    private static readonly Dictionary<string, Colour> Backdrops = new()
    {
        ["green"] = new(0, 255, 0),
        ["stage green"] = new(0, 177, 64),
        ["magenta"] = new(255, 0, 255),
        ["blue"] = new(0, 71, 255),
        ["white"] = Colour.White,
        ["black"] = Colour.Black,
        ["grey"] = new(128, 128, 128),
    };

    /// <summary>
    /// What no one could tell from a single image: something see-through and grey in front of grey, a shadow on black, a subject of
    /// the backdrop's own hue.
    /// </summary>
    private static readonly Dictionary<string, string[]> Undecidable = new()
    {
        ["glass"] = ["white", "black", "grey"],
        ["bubble"] = ["white", "black", "grey"],
        ["soft shadow"] = ["black"],
        ["product"] = ["black"],
        ["leaf"] = ["green", "stage green"],
        ["grey"] = ["grey"],
    };

    public static TheoryData<string> EverySubject() => [.. SubjectDrawings.Names];

    [Theory]
    [MemberData(nameof(EverySubject))]
    public void Finds_alpha_and_colour_in_front_of_plain_backdrops(string subject)
    {
        foreach (var (name, backdrop) in EverySecond(subject).ExceptBy(Undecidable.GetValueOrDefault(subject, []), pair => pair.Key))
        {
            var quality = Cut(subject, backdrop, Degradation.None);

            quality.AlphaError.ShouldBeLessThan(0.01, $"alpha of {subject} on {name}");
            quality.Halo.ShouldBeLessThan(8, $"halo of {subject} on {name}");
        }
    }

    [Theory]
    [InlineData("curls", "green", Degradation.Noise)]
    [InlineData("curls", "white", Degradation.Vignette)]
    [InlineData("fur", "blue", Degradation.Noise)]
    [InlineData("glass", "magenta", Degradation.Vignette)]
    [InlineData("soft shadow", "white", Degradation.Noise)]
    [InlineData("product", "grey", Degradation.Vignette)]
    [InlineData("text", "black", Degradation.Noise)]
    [InlineData("net", "stage green", Degradation.Vignette)]
    [InlineData("bubble", "blue", Degradation.Noise)]
    public void Bears_noise_and_a_vignette(string subject, string backdrop, Degradation wear)
    {
        var quality = Cut(subject, Backdrops[backdrop], wear);

        quality.AlphaError.ShouldBeLessThan(0.015);
        quality.Halo.ShouldBeLessThan(8);
    }

    [Theory]
    [InlineData("disc", "green")]
    [InlineData("ring", "black")]
    [InlineData("curls", "white")]
    [InlineData("glass", "blue")]
    [InlineData("soft shadow", "white")]
    [InlineData("text", "stage green")]
    [InlineData("grey", "magenta")]
    [InlineData("pale", "black")]
    [InlineData("dark", "white")]
    [InlineData("bubble", "green")]
    [InlineData("product", "white")]
    public void Bears_jpeg(string subject, string backdrop)
    {
        var quality = Cut(subject, Backdrops[backdrop], Degradation.Jpeg);

        quality.AlphaError.ShouldBeLessThan(0.02);
        quality.Halo.ShouldBeLessThan(22);
    }

    [Fact]
    public void A_grey_subject_is_solid_all_through()
    {
        using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(SubjectDrawings.Get("grey"), Colour.White));

        cut.PixelAt(150, 150).ShouldBe(new Colour(150, 150, 150));
        cut.PixelAt(10, 10).Alpha.ShouldBe((byte)0);
    }

    [Theory]
    [InlineData("green", false, 0)]
    [InlineData("white", false, 255)]
    [InlineData("white", true, 0)]
    public void A_hole_is_opened_where_the_backdrop_is_saturated_or_the_caller_says_so(string backdrop, bool openHoles, byte alpha)
    {
        using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(SubjectDrawings.Get("ring"), Backdrops[backdrop]), openHoles);

        cut.PixelAt(144, 144).Alpha.ShouldBe(alpha);
    }

    [Theory]
    [InlineData("white", 255)]
    [InlineData("green", 0)]
    public void A_button_of_the_backdrops_colour_stays_where_the_backdrop_is_white(string backdrop, byte alpha)
    {
        var colour = Backdrops[backdrop];
        var shirt = new SubjectDrawing(128).Box(20, 20, 108, 108).Fill(new Colour(60, 60, 160)).Disc(64, 64, 2.5).Fill(colour);

        using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(shirt, colour));

        cut.PixelAt(64, 64).Alpha.ShouldBe(alpha);
    }

    [Fact]
    public void A_soft_shadow_is_black_and_partly_see_through()
    {
        using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(SubjectDrawings.Get("soft shadow"), Colour.White));

        cut.PixelAt(150, 225).ShouldBeNear(new Colour(0, 0, 0, 82));
        AlphaOf(cut).Count(alpha => alpha is > 0 and < 255).ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_pale_thing_without_a_hard_edge_is_no_shadow()
    {
        var silver = new SubjectDrawing(160).Disc(80, 80, 55).Fill((x, y) => (Level(238 - (1.0 * (55 - Math.Sqrt(((x - 80) * (x - 80)) + ((y - 80) * (y - 80)))))), 1));

        using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(silver, Colour.White));

        MattingAccuracy.Measure(cut, silver).AlphaError.ShouldBeLessThan(0.02);
    }

    [Fact]
    public void Hidden_pixels_beside_the_subject_have_its_colour()
    {
        using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(SubjectDrawings.Get("disc"), Backdrops["green"]));

        cut.PixelAt(143, 48).ShouldBeNear(new Colour(230, 120, 30, 0));
    }

    [Fact]
    public void Has_the_upright_size_and_real_alpha()
    {
        var image = SceneComposer.Compose(SubjectDrawings.Get("logo"), Colour.White);

        using var cut = BackgroundRemover.RemoveBackground(image);

        cut.Size.ShouldBe(ImageHeader.Read(image).Size);
        AlphaInspector.Inspect(EncodedImage.FromMemory(cut.Encode(SampleImages.Png))).Kind.ShouldBe(AlphaKind.Transparent);
        AlphaOf(cut).Average(alpha => alpha == 0 ? 1.0 : 0).ShouldBeInRange(0.6, 0.95);
    }

    [Fact]
    public void The_same_image_is_always_cut_alike()
    {
        var image = SceneComposer.Compose(SubjectDrawings.Get("fur"), Backdrops["blue"], Degradation.Noise);

        using var once = BackgroundRemover.RemoveBackground(image);
        using var again = BackgroundRemover.RemoveBackground(image);

        once.ToRgbaBytes().AsSpan().SequenceEqual(again.ToRgbaBytes()).ShouldBeTrue();
    }

    /// <summary>Of the backdrops; neighbouring subjects take turns, so that each backdrop sees half of them in half of the time.</summary>
    private static IEnumerable<KeyValuePair<string, Colour>> EverySecond(string subject)
    {
        var turn = SubjectDrawings.Names.TakeWhile(name => name != subject).Count() % 2;
        return Backdrops.Where((_, index) => index % 2 == turn);
    }

    private static IEnumerable<byte> AlphaOf(Image image) => image.ToRgbaBytes().Where((_, i) => i % 4 == 3);

    private static Colour Level(double level) => new((byte)level, (byte)level, (byte)level);

    private static MattingAccuracy Cut(string subject, Colour backdrop, Degradation wear)
    {
        var drawing = SubjectDrawings.Get(subject);
        using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(drawing, backdrop, wear), Composites.HasHoles(subject));
        return MattingAccuracy.Measure(cut, drawing);
    }
}
