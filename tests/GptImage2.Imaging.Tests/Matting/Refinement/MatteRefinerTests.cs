using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Imaging.Matting.Refinement;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting.Refinement;

public sealed class MatteRefinerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The drawn subjects that have an inside; a model at a third of the image's resolution.</summary>
    [Theory]
    [InlineData("disc", 0.004, 6)]
    [InlineData("ring", 0.004, 6)]
    [InlineData("leaf", 0.004, 8)]
    [InlineData("grey", 0.004, 6)]
    [InlineData("pale", 0.004, 6)]
    [InlineData("dark", 0.004, 6)]
    [InlineData("logo", 0.006, 8)]
    [InlineData("product", 0.013, 10)]
    [InlineData("curls", 0.03, 28)]
    [InlineData("fur", 0.042, 28)]
    public void Finds_the_edge_at_the_images_own_resolution_and_leaves_no_halo(string name, double alphaError, double halo)
    {
        var truth = SubjectDrawings.Get(name);
        using var scene = BusyScene.Compose(truth);
        var matte = BusyScene.Coarse(truth, truth.Width / 3);
        using var coarse = Enlarge(matte, scene);

        using var cut = MatteRefiner.Refine(scene.Flatten(Colour.White).Encoded(), matte, Cancellation);

        var (before, after) = (MattingAccuracy.Measure(coarse, truth), MattingAccuracy.Measure(cut, truth));
        after.AlphaError.ShouldBeLessThan(alphaError);
        after.AlphaError.ShouldBeLessThan(before.AlphaError * 0.75);
        after.Halo.ShouldBeLessThan(halo);
        after.Halo.ShouldBeLessThan(before.Halo * 0.75);
    }

    [Fact]
    public void What_is_opaque_keeps_its_pixels_and_what_is_deep_inside_is_opaque()
    {
        var truth = SubjectDrawings.Get("ring");
        using var scene = BusyScene.Compose(truth);

        using var cut = MatteRefiner.CutOut(scene.Flatten(Colour.White).Encoded(), BusyScene.Coarse(truth, 72), Cancellation);

        var (before, after) = (scene.ToRgbaBytes(), cut.ToRgbaBytes());
        var opaquePlaces = Enumerable.Range(0, after.Length / 4).Where(place => after[(place * 4) + 3] is 255).ToArray();
        opaquePlaces.Length.ShouldBeGreaterThan(10_000);
        opaquePlaces.Where(place => !after.AsSpan(place * 4, 3).SequenceEqual(before.AsSpan(place * 4, 3))).ShouldBeEmpty();
        DeepPlaces(truth, alpha => alpha > 0.999f).ShouldAllBe(place => after[(place * 4) + 3] == 255);
        DeepPlaces(truth, alpha => alpha < 0.001f).ShouldAllBe(place => after[(place * 4) + 3] == 0);
    }

    [Fact]
    public void Transparent_pixels_next_to_the_edge_have_the_subjects_colour_and_all_others_none()
    {
        var truth = SubjectDrawings.Get("disc");
        using var scene = BusyScene.Compose(truth);

        using var cut = MatteRefiner.CutOut(scene.Flatten(Colour.White).Encoded(), BusyScene.Coarse(truth, 72), Cancellation);

        var pixels = cut.ToRgbaBytes();
        pixels[..4].ShouldBe([0, 0, 0, 0]);
        var beside = pixels.AsSpan(((140 * truth.Width) + 143 + 92) * 4, 4).ToArray();
        beside[3].ShouldBe((byte)0);
        (beside[0], beside[1], beside[2]).ShouldSatisfyAllConditions(
            colour => ((int)colour.Item1).ShouldBeInRange(190, 255),
            colour => ((int)colour.Item2).ShouldBeInRange(80, 160),
            colour => ((int)colour.Item3).ShouldBeInRange(0, 80));
    }

    [Theory]
    [InlineData(288, 40)]
    [InlineData(288, 320)]
    [InlineData(288, 1024)]
    public void Any_size_of_matte_gives_the_images_size(int size, int edge)
    {
        var truth = SubjectDrawings.Get("product");
        using var scene = BusyScene.Compose(truth);

        using var cut = MatteRefiner.Refine(scene.Flatten(Colour.White).Encoded(), BusyScene.Coarse(truth, edge), Cancellation);

        cut.Size.ShouldBe(new Dimensions(size, size));
        cut.HasAlpha.ShouldBeTrue();
    }

    [Fact]
    public void Few_transparent_specks_stay_transparent()
    {
        var pixels = new byte[64 * 64 * 4];
        pixels.AsSpan().Fill(200);
        for (var i = 3; i < pixels.Length; i += 4)
        {
            pixels[i] = 255;
        }

        pixels[(((32 * 64) + 32) * 4) + 3] = 40;
        using var image = Image.FromPixels(new Dimensions(64, 64), pixels);
        var matte = new Matte(new Dimensions(64, 64), [.. Enumerable.Range(0, 64 * 64).Select(place => place % 64 is > 12 and < 52 ? byte.MaxValue : byte.MinValue)]);

        using var cut = MatteRefiner.CutOut(image.Encoded(), matte, Cancellation);

        cut.ToRgbaBytes()[(((32 * 64) + 32) * 4) + 3].ShouldBe((byte)40);
        cut.ToRgbaBytes()[(((32 * 64) + 30) * 4) + 3].ShouldBe((byte)255);
    }

    [Theory]
    [InlineData("nothing", BackgroundRemovalError.NoForeground, "the model found none that it is sure of")]
    [InlineData("everything", BackgroundRemovalError.NonUniformBackground, "takes all of the image for the subject")]
    [InlineData("fog", BackgroundRemovalError.NonUniformBackground, "of it deep inside, which would come out half transparent")]
    [InlineData("half a body", BackgroundRemovalError.NonUniformBackground, "of it deep inside, which would come out half transparent")]
    public void A_matte_without_a_clear_subject_is_refused(string what, BackgroundRemovalError error, string told)
    {
        var matte = new Matte(new Dimensions(100, 100), [.. Enumerable.Range(0, 10_000).Select(place => Alpha(what, place % 100, place / 100))]);

        var refused = Should.Throw<BackgroundRemovalException>(() => MatteRefiner.CutOut(SampleImages.Opaque(200, 200).Encoded(), matte, Cancellation));

        refused.Error.ShouldBe(error);
        refused.Message.ShouldStartWith("expected ");
        refused.Message.ShouldContain(told);
    }

    [Fact]
    public void A_cancelled_job_stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var truth = SubjectDrawings.Get("disc");
        using var scene = BusyScene.Compose(truth);

        Should.Throw<OperationCanceledException>(() => MatteRefiner.CutOut(scene.Flatten(Colour.White).Encoded(), BusyScene.Coarse(truth, 72), cancelled.Token));
    }

    [Fact]
    public void Half_a_file_is_no_image()
    {
        var whole = SampleImages.Noise(200, 200).Encode(SampleImages.Png);
        var matte = new Matte(new Dimensions(10, 10), [.. Enumerable.Range(0, 100).Select(place => place % 10 > 4 ? byte.MaxValue : byte.MinValue)]);

        Should.Throw<UnreadableImageException>(() => MatteRefiner.CutOut(EncodedImage.FromMemory(whole.AsMemory(0, whole.Length / 2)), matte, Cancellation));
    }

    private static byte Alpha(string what, int x, int y) => what switch
    {
        "nothing" => 90,
        "everything" => 255,
        "fog" => x < 5 ? (byte)255 : x < 50 ? (byte)128 : (byte)0,
        _ => x is < 20 or > 80 ? (byte)0 : y < 70 ? (byte)255 : (byte)140,
    };

    private static Image Enlarge(Matte matte, Image colours)
    {
        using var alpha = Image.FromPixels(matte.Size, [.. matte.Alpha.SelectMany(level => (byte[])[level, level, level, 255])]);
        using var large = alpha.Resize(colours.Size);
        var (levels, pixels) = (large.ToRgbaBytes(), colours.ToRgbaBytes());
        for (var i = 0; i < pixels.Length; i += 4)
        {
            pixels[i + 3] = levels[i];
        }

        return Image.FromPixels(colours.Size, pixels);
    }

    /// <summary>Those with the like of them for 14 pixels around: further than a quarter's matte blurs.</summary>
    private static IEnumerable<int> DeepPlaces(SubjectDrawing truth, Func<float, bool> isSo) =>
        from y in Enumerable.Range(14, truth.Width - 28)
        from x in Enumerable.Range(14, truth.Width - 28)
        where (x + y) % 5 is 0
        let around = from v in Enumerable.Range(y - 14, 29) from u in Enumerable.Range(x - 14, 29) select truth.Alpha((v * truth.Width) + u)
        where around.All(isSo)
        select (y * truth.Width) + x;
}
