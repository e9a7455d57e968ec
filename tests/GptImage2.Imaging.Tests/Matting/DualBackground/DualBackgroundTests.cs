using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.DualBackground;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting.DualBackground;

/// <summary>Subjects whose alpha is known, on white and on black, and solved again.</summary>
public sealed class DualBackgroundTests(ITestOutputHelper output)
{
    private static readonly string[] Drawn = ["glass", "bubble", "curls", "fur", "soft shadow", "product", "net"];

    private static readonly PairWear Noisy = new() { Noise = 2 };

    private static readonly PairWear Smeared = new() { JpegQuality = 75 };

    private static readonly PairWear Drifted = new() { Gain = (1.03, 0.99, 0.97), White = new Colour(252, 251, 249), Black = new Colour(6, 5, 8) };

    private static readonly PairWear Worn = Drifted with { Noise = 2, JpegQuality = 90, Light = (u, v) => 1 - (0.03 * ((u * u) + (v * v))), Shift = (1, -2) };

    public static TheoryData<string> Subjects => [.. TranslucentSubjects.Names, .. Drawn];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Alpha_is_solved_exactly_but_for_the_rounding_to_8_bits(string name) => Measure(name, new PairWear()).ShouldBeLessThanOrEqualTo(0.005);

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Noise_blurs_it_little(string name) => Measure(name, Noisy).ShouldBeLessThanOrEqualTo(0.015);

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Lossy_files_blur_it_little(string name) => Measure(name, Smeared).ShouldBeLessThanOrEqualTo(0.015);

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Colours_that_drift_and_backdrops_that_are_not_quite_white_and_black_are_measured(string name) =>
        Measure(name, Drifted).ShouldBeLessThanOrEqualTo(0.015);

    [Theory]
    [MemberData(nameof(Subjects))]
    public void All_of_that_at_once(string name) => Measure(name, Worn).ShouldBeLessThanOrEqualTo(0.03);

    [Theory]
    [InlineData("tumbler", 1, 0)]
    [InlineData("tumbler", -2, 1)]
    [InlineData("hair", 1, 0)]
    [InlineData("hair", -2, 1)]
    [InlineData("veil", 1, 0)]
    [InlineData("veil", -2, 1)]
    [InlineData("curls", 1, 0)]
    [InlineData("curls", -2, 1)]
    [InlineData("fur", 1, 0)]
    [InlineData("fur", -2, 1)]
    [InlineData("product", 1, 0)]
    [InlineData("product", -2, 1)]
    [InlineData("net", 1, 0)]
    [InlineData("net", -2, 1)]
    public void A_second_picture_that_is_shifted_is_brought_back(string name, int right, int down)
    {
        Measure(name, new PairWear { Shift = (right, down) }).ShouldBeLessThanOrEqualTo(0.005);
    }

    /// <summary>What is grey all over, or the same from all sides, looks like glass when it is moved; those are not here.</summary>
    [Theory]
    [InlineData("another subject", "tumbler", "hair", "glow", "veil", "fur", "product")]
    [InlineData("mirrored", "tumbler", "hair", "veil", "fur", "product")]
    [InlineData("moved", "tumbler", "hair", "veil", "fur", "product")]
    [InlineData("larger", "tumbler", "hair", "fur")]
    [InlineData("recoloured", "tumbler", "hair", "glow", "veil", "fur", "product")]
    [InlineData("bent", "tumbler", "hair", "fur", "product")]
    public void A_second_picture_that_was_drawn_anew_is_refused(string how, params string[] names)
    {
        foreach (var name in names)
        {
            var (light, dark) = PairComposer.Compose(Get(name), Noisy, RedrawnSubject.Create(Get(name), how));

            Refuse(light, dark).ShouldBe(DualBackgroundError.Disagreement, name);
        }
    }

    [Fact]
    public void Coloured_glass_which_tints_what_is_behind_it_is_no_disagreement()
    {
        var (light, dark) = (FlatScene.Create(Colour.White, new Colour(250, 110, 100)), FlatScene.Create(Colour.Black, new Colour(8, 2, 2)));

        using var cut = DualBackgroundRemover.CutOut(light, dark, TestContext.Current.CancellationToken);

        var middle = cut.ToRgbaBytes().AsSpan(((FlatScene.Edge / 2 * FlatScene.Edge) + (FlatScene.Edge / 2)) * 4, 4).ToArray();
        ((int)middle[3]).ShouldBeInRange(100, 160);
        ((int)middle[0]).ShouldBeGreaterThan(middle[1] + 60);
    }

    [Fact]
    public void A_second_picture_on_white_again_or_of_another_size_is_refused_and_so_is_a_pair_of_nothing()
    {
        var white = FlatScene.Create(Colour.White, new Colour(200, 60, 40));

        Refuse(white, white).ShouldBe(DualBackgroundError.NoBackdrops);
        Refuse(white, PairComposer.Compose(Get("smoke"), Noisy).Dark).ShouldBe(DualBackgroundError.DifferentSizes);
        Refuse(FlatScene.Create(Colour.White, Colour.White), FlatScene.Create(Colour.Black, Colour.Black)).ShouldBe(DualBackgroundError.NoSubject);
    }

    [Fact]
    public void What_is_opaque_keeps_the_first_pictures_pixels()
    {
        var (light, dark) = PairComposer.Compose(Get("fur"), Drifted);

        using var cut = DualBackgroundRemover.CutOut(light, dark, TestContext.Current.CancellationToken);
        using var first = Image.Open(light);

        var (before, after) = (first.ToRgbaBytes(), cut.ToRgbaBytes());
        int[] opaque = [.. Enumerable.Range(0, after.Length / 4).Where(place => after[(place * 4) + 3] is 255)];
        opaque.Length.ShouldBeGreaterThan(10_000);
        opaque.Count(place => !after.AsSpan(place * 4, 3).SequenceEqual(before.AsSpan(place * 4, 3))).ShouldBe(0);
    }

    private static DualBackgroundError? Refuse(EncodedImage light, EncodedImage dark)
    {
        try
        {
            DualBackgroundRemover.CutOut(light, dark, TestContext.Current.CancellationToken).Dispose();
            return null;
        }
        catch (DualBackgroundException refused)
        {
            return refused.Error;
        }
    }

    private double Measure(string name, PairWear wear)
    {
        var subject = Get(name);
        var (light, dark) = PairComposer.Compose(subject, wear);
        using var cut = DualBackgroundRemover.CutOut(light, dark, TestContext.Current.CancellationToken);
        var accuracy = MattingAccuracy.Measure(cut, subject);
        output.WriteLine($"{name}: {accuracy.AlphaError:P3}, halo {accuracy.Halo:0.0}, lost {accuracy.OpaqueLoss:P2}");
        return accuracy.AlphaError;
    }

    private static SubjectDrawing Get(string name) => TranslucentSubjects.Names.Contains(name) ? TranslucentSubjects.Get(name) : SubjectDrawings.Get(name);
}
