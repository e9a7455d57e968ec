using GptImage2.Imaging.Matting;

namespace GptImage2.Imaging.Tests.Matting;

public sealed class CutOutTests
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
    /// What no one could tell from a single picture: something see-through and grey in front of grey, a shadow on black, a subject of
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

    public static TheoryData<string> EverySubject() => [.. Subjects.Names];

    [Theory]
    [MemberData(nameof(EverySubject))]
    public void Finds_alpha_and_colour_in_front_of_plain_backdrops(string subject)
    {
        foreach (var (name, backdrop) in EverySecond(subject).ExceptBy(Undecidable.GetValueOrDefault(subject, []), pair => pair.Key))
        {
            var quality = Cut(subject, backdrop, Wear.None);

            quality.AlphaError.ShouldBeLessThan(0.01, $"alpha of {subject} on {name}");
            quality.Halo.ShouldBeLessThan(8, $"halo of {subject} on {name}");
        }
    }

    [Theory]
    [InlineData("curls", "green", Wear.Noise)]
    [InlineData("curls", "white", Wear.Vignette)]
    [InlineData("fur", "blue", Wear.Noise)]
    [InlineData("glass", "magenta", Wear.Vignette)]
    [InlineData("soft shadow", "white", Wear.Noise)]
    [InlineData("product", "grey", Wear.Vignette)]
    [InlineData("text", "black", Wear.Noise)]
    [InlineData("net", "stage green", Wear.Vignette)]
    [InlineData("bubble", "blue", Wear.Noise)]
    public void Bears_noise_and_a_vignette(string subject, string backdrop, Wear wear)
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
        var quality = Cut(subject, Backdrops[backdrop], Wear.Jpeg);

        quality.AlphaError.ShouldBeLessThan(0.02);
        quality.Halo.ShouldBeLessThan(22);
    }

    [Fact]
    public void A_grey_subject_is_solid_all_through()
    {
        using var cut = BackdropMatting.Cut(Scene.Compose(Subjects.Get("grey"), Colour.White));

        cut.Picture.At(150, 150).ShouldBe(new Colour(150, 150, 150));
        cut.Picture.At(10, 10).Alpha.ShouldBe((byte)0);
    }

    [Theory]
    [InlineData("green")]
    [InlineData("white")]
    public void A_hole_is_found_inside_the_subject(string backdrop)
    {
        using var cut = BackdropMatting.Cut(Scene.Compose(Subjects.Get("ring"), Backdrops[backdrop]));

        cut.Picture.At(144, 144).Alpha.ShouldBe((byte)0);
    }

    [Theory]
    [InlineData("white", 255)]
    [InlineData("green", 0)]
    public void A_button_of_the_backdrops_colour_stays_where_the_backdrop_is_white(string backdrop, byte alpha)
    {
        var colour = Backdrops[backdrop];
        var shirt = new Drawing(128).Box(20, 20, 108, 108).Fill(new Colour(60, 60, 160)).Disc(64, 64, 2.5).Fill(colour);

        using var cut = BackdropMatting.Cut(Scene.Compose(shirt, colour));

        cut.Picture.At(64, 64).Alpha.ShouldBe(alpha);
    }

    [Fact]
    public void A_soft_shadow_is_black_and_partly_see_through()
    {
        using var cut = BackdropMatting.Cut(Scene.Compose(Subjects.Get("soft shadow"), Colour.White));

        cut.Picture.At(150, 225).ShouldBeNear(new Colour(0, 0, 0, 82));
        cut.PartlySeeThrough.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_pale_thing_without_a_hard_edge_is_no_shadow()
    {
        var silver = new Drawing(160).Disc(80, 80, 55).Fill((x, y) => (Level(238 - (1.0 * (55 - Math.Sqrt(((x - 80) * (x - 80)) + ((y - 80) * (y - 80)))))), 1));

        using var cut = BackdropMatting.Cut(Scene.Compose(silver, Colour.White));

        CutQuality.Of(cut, silver).AlphaError.ShouldBeLessThan(0.02);
    }

    [Fact]
    public void Hidden_pixels_beside_the_subject_have_its_colour()
    {
        using var cut = BackdropMatting.Cut(Scene.Compose(Subjects.Get("disc"), Backdrops["green"]));

        cut.Picture.At(143, 48).ShouldBeNear(new Colour(230, 120, 30, 0));
    }

    [Fact]
    public void Has_the_upright_size_and_real_alpha()
    {
        var image = Scene.Compose(Subjects.Get("logo"), Colour.White);

        using var cut = BackdropMatting.Cut(image);

        cut.Picture.Size.ShouldBe(ImageHeader.Read(image).Size);
        AlphaCheck.Of(EncodedImage.FromMemory(cut.Picture.Encode(Samples.Png))).Kind.ShouldBe(AlphaKind.Transparent);
        cut.SeeThroughShare.ShouldBeInRange(0.6, 0.95);
    }

    [Fact]
    public void The_same_picture_is_always_cut_alike()
    {
        var image = Scene.Compose(Subjects.Get("fur"), Backdrops["blue"], Wear.Noise);

        using var once = BackdropMatting.Cut(image);
        using var again = BackdropMatting.Cut(image);

        once.Picture.ToPixels().AsSpan().SequenceEqual(again.Picture.ToPixels()).ShouldBeTrue();
    }

    /// <summary>Of the backdrops; neighbouring subjects take turns, so that each backdrop sees half of them in half of the time.</summary>
    private static IEnumerable<KeyValuePair<string, Colour>> EverySecond(string subject)
    {
        var turn = Subjects.Names.TakeWhile(name => name != subject).Count() % 2;
        return Backdrops.Where((_, index) => index % 2 == turn);
    }

    private static Colour Level(double level) => new((byte)level, (byte)level, (byte)level);

    private static CutQuality Cut(string subject, Colour backdrop, Wear wear)
    {
        var drawing = Subjects.Get(subject);
        using var cut = BackdropMatting.Cut(Scene.Compose(drawing, backdrop, wear));
        return CutQuality.Of(cut, drawing);
    }
}
