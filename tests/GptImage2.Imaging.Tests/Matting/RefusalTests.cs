using GptImage2.Imaging.Matting;

namespace GptImage2.Imaging.Tests.Matting;

public sealed class RefusalTests
{
    public static TheoryData<string> BusyBackdrops() => ["photograph", "wide stripes", "fine stripes", "gradient", "landscape", "cloth"];

    [Theory]
    [MemberData(nameof(BusyBackdrops))]
    public void A_busy_backdrop_is_refused(string name)
    {
        var image = name switch
        {
            "photograph" => Grounds.Photograph(),
            "wide stripes" => Grounds.Stripes(32),
            "fine stripes" => Grounds.Stripes(1),
            "gradient" => Grounds.Gradient(),
            "landscape" => Grounds.Landscape(),
            _ => Grounds.Cloth(),
        };

        var refusal = Should.Throw<CannotCutException>(() => BackdropMatting.Cut(image));

        refusal.Reason.ShouldBe(CutProblem.BusyBackdrop);
        refusal.Message.ShouldStartWith("expected one plain colour behind the subject but received ");
        BackdropInspector.Inspect(image).IsFlat.ShouldBeFalse();
    }

    [Fact]
    public void A_painted_checkerboard_is_refused_as_what_it_is() =>
        Refused(Grounds.Checkerboard(16, Colour.White, new Colour(204, 204, 204))).ShouldBe(CutProblem.Checkerboard);

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    public void White_on_white_is_refused(int difference) =>
        Refused(Grounds.AlmostPlain(Colour.White, difference)).ShouldBeOneOf(CutProblem.SubjectLikeBackdrop, CutProblem.NothingThere);

    [Fact]
    public void The_refusal_says_what_was_measured()
    {
        var refusal = Should.Throw<CannotCutException>(() => BackdropMatting.Cut(Grounds.AlmostPlain(Colour.White, 12)));

        refusal.Reason.ShouldBe(CutProblem.SubjectLikeBackdrop);
        refusal.Message.ShouldBe("expected a subject that differs from the backdrop by at least 20 of 255 levels but received one that differs by 12 from #ffffff.");
        refusal.Backdrop.ShouldNotBeNull().Contrast.ShouldBe(12);
    }

    [Fact]
    public void A_picture_of_nothing_is_refused() => Refused(Grounds.Plain(new Colour(0, 200, 80))).ShouldBe(CutProblem.NothingThere);

    [Fact]
    public void A_cut_out_is_not_cut_again()
    {
        using var cut = BackdropMatting.Cut(Scene.Compose(Subjects.Get("disc"), Colour.White));

        Refused(EncodedImage.FromMemory(cut.Picture.Encode(Samples.Png))).ShouldBe(CutProblem.AlreadyTransparent);
    }

    [Fact]
    public void A_picture_beyond_forty_megapixels_is_refused_from_its_header()
    {
        var refusal = Should.Throw<CannotCutException>(() => BackdropMatting.Cut(EncodedImage.FromMemory(Samples.PngHeader(8000, 5001))));

        refusal.Reason.ShouldBe(CutProblem.TooLarge);
        refusal.Message.ShouldBe("expected at most 40 megapixels but received 8000x5001 (40.0 megapixels).");
    }

    private static CutProblem Refused(EncodedImage image) => Should.Throw<CannotCutException>(() => BackdropMatting.Cut(image)).Reason;
}
