using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Keying;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting;

public sealed class BackgroundRemovalChecksTests
{
    public static TheoryData<string> BusyBackdrops() => ["photograph", "wide stripes", "fine stripes", "gradient", "landscape", "cloth"];

    [Theory]
    [MemberData(nameof(BusyBackdrops))]
    public void A_busy_backdrop_is_refused(string name)
    {
        var image = name switch
        {
            "photograph" => BackgroundImages.Photograph(),
            "wide stripes" => BackgroundImages.Stripes(32),
            "fine stripes" => BackgroundImages.Stripes(1),
            "gradient" => BackgroundImages.Gradient(),
            "landscape" => BackgroundImages.Landscape(),
            _ => BackgroundImages.Cloth(),
        };

        var refusal = Should.Throw<BackgroundRemovalException>(() => BackgroundRemover.RemoveBackground(image));

        refusal.Error.ShouldBe(BackgroundRemovalError.NonUniformBackground);
        refusal.Message.ShouldStartWith("expected one plain colour behind the subject but received ");
        BackgroundInspector.Inspect(image).IsUniform.ShouldBeFalse();
    }

    [Fact]
    public void A_painted_checkerboard_is_refused_as_what_it_is() =>
        Refused(BackgroundImages.Checkerboard(16, Colour.White, new Colour(204, 204, 204))).ShouldBe(BackgroundRemovalError.Checkerboard);

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    public void White_on_white_is_refused(int difference) =>
        Refused(BackgroundImages.AlmostPlain(Colour.White, difference)).ShouldBeOneOf(BackgroundRemovalError.LowContrast, BackgroundRemovalError.NoForeground);

    [Fact]
    public void The_refusal_says_what_was_measured()
    {
        var refusal = Should.Throw<BackgroundRemovalException>(() => BackgroundRemover.RemoveBackground(BackgroundImages.AlmostPlain(Colour.White, 12)));

        refusal.Error.ShouldBe(BackgroundRemovalError.LowContrast);
        refusal.Message.ShouldBe("expected a subject that differs from the background by at least 20 of 255 levels but received one that differs by 12 from #ffffff.");
        BackgroundInspector.Inspect(BackgroundImages.AlmostPlain(Colour.White, 12)).Contrast.ShouldBe(12);
    }

    [Fact]
    public void An_image_of_nothing_is_refused() => Refused(BackgroundImages.Plain(new Colour(0, 200, 80))).ShouldBe(BackgroundRemovalError.NoForeground);

    [Fact]
    public void A_cut_out_is_not_cut_again()
    {
        using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(SubjectDrawings.Get("disc"), Colour.White));

        Refused(EncodedImage.FromMemory(cut.Encode(SampleImages.Png))).ShouldBe(BackgroundRemovalError.AlreadyTransparent);
    }

    [Fact]
    public void An_image_beyond_forty_megapixels_is_refused_from_its_header()
    {
        var refusal = Should.Throw<BackgroundRemovalException>(() => BackgroundRemover.RemoveBackground(EncodedImage.FromMemory(SampleImages.PngHeader(8000, 5001))));

        refusal.Error.ShouldBe(BackgroundRemovalError.TooLarge);
        refusal.Message.ShouldBe("expected at most 40 megapixels but received 8000x5001 (40.0 megapixels).");
    }

    private static BackgroundRemovalError Refused(EncodedImage image) => Should.Throw<BackgroundRemovalException>(() => BackgroundRemover.RemoveBackground(image)).Error;
}
