using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Keying;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting;

public sealed class BackgroundInspectorTests
{
    [Theory]
    [InlineData(Degradation.None)]
    [InlineData(Degradation.Noise)]
    [InlineData(Degradation.Vignette)]
    [InlineData(Degradation.Jpeg)]
    public void A_plain_backdrop_is_flat_whatever_befell_it(Degradation wear)
    {
        var report = BackgroundInspector.Inspect(SceneComposer.Compose(SubjectDrawings.Get("disc"), new Colour(20, 180, 80), wear));

        report.IsUniform.ShouldBeTrue();
        report.IsDistinct.ShouldBeTrue();
        report.LooksLikeCheckerboard.ShouldBeFalse();
        report.TouchedEdges.ShouldBe(ImageEdges.None);
        report.ForegroundShare.ShouldBe(0.296, 0.03);
        report.Background.ShouldBeNear(new Colour(20, 180, 80), 16);
    }

    [Fact]
    public void Says_which_edges_the_subject_touches()
    {
        var bust = new SubjectDrawing(200).Disc(100, 80, 40).Box(30, 130, 170, 200).Fill(new Colour(120, 60, 40));

        BackgroundInspector.Inspect(SceneComposer.Compose(bust, Colour.White)).TouchedEdges.ShouldBe(ImageEdges.Bottom);
    }

    [Fact]
    public void What_is_too_large_to_be_cut_is_a_problem_however_plain()
    {
        var report = BackgroundInspector.Inspect(SceneComposer.Compose(SubjectDrawings.Get("disc"), new Colour(20, 180, 80)));

        BackgroundRemover.FindProblem(report).ShouldBeNull();
        BackgroundRemover.FindProblem(report with { Size = new Dimensions(8000, 5333) }).ShouldBe(BackgroundRemovalError.TooLarge);
    }

    [Fact]
    public void A_portrait_that_fills_the_lower_edge_still_has_a_flat_backdrop()
    {
        var portrait = new SubjectDrawing(200).Disc(100, 80, 50).Ellipse(100, 210, 130, 80).Fill(new Colour(120, 60, 40));

        var report = BackgroundInspector.Inspect(SceneComposer.Compose(portrait, new Colour(220, 220, 225)));

        report.IsUniform.ShouldBeTrue();
        report.TouchedEdges.ShouldBe(ImageEdges.Left | ImageEdges.Right | ImageEdges.Bottom);
    }

    [Fact]
    public void White_on_white_is_not_distinct() =>
        BackgroundInspector.Inspect(BackgroundImages.AlmostPlain(Colour.White, 8)).IsDistinct.ShouldBeFalse();

    [Theory]
    [InlineData(4, 255, 204, ImageFormat.Png)]
    [InlineData(8, 255, 238, ImageFormat.Png)]
    [InlineData(8, 255, 204, ImageFormat.Jpeg)]
    [InlineData(13, 240, 200, ImageFormat.Jpeg)]
    [InlineData(20, 128, 100, ImageFormat.Png)]
    [InlineData(32, 255, 225, ImageFormat.Jpeg)]
    [InlineData(50, 60, 40, ImageFormat.Png)]
    public void A_painted_checkerboard_is_recognised(int square, byte light, byte dark, ImageFormat format)
    {
        var image = BackgroundImages.Checkerboard(square, new Colour(light, light, light), new Colour(dark, dark, dark), format);

        BackgroundInspector.Inspect(image).LooksLikeCheckerboard.ShouldBeTrue();
        AlphaInspector.Inspect(image).ShouldBe(new AlphaReport(AlphaKind.None, 0, true));
    }

    [Fact]
    public void Neither_stripes_nor_photographs_are_checkerboards()
    {
        BackgroundInspector.Inspect(BackgroundImages.Stripes(16)).LooksLikeCheckerboard.ShouldBeFalse();
        BackgroundInspector.Inspect(BackgroundImages.Photograph()).LooksLikeCheckerboard.ShouldBeFalse();
        BackgroundInspector.Inspect(BackgroundImages.Render((_, y) => y / 16 % 2 == 0 ? Colour.White : new Colour(204, 204, 204))).LooksLikeCheckerboard.ShouldBeFalse();
    }

    [Fact]
    public void Real_alpha_is_told_and_never_a_checkerboard()
    {
        var image = BackgroundImages.Render((x, y) => ((x / 16) + (y / 16)) % 2 == 0 ? new Colour(204, 204, 204, 0) : Colour.White);

        var report = BackgroundInspector.Inspect(image);

        report.Background.ShouldBe(Colour.Transparent);
        report.TransparentShare.ShouldBe(0.5);
        report.LooksLikeCheckerboard.ShouldBeFalse();
        AlphaInspector.Inspect(image).ShouldBe(new AlphaReport(AlphaKind.Transparent, 0.5, false));
    }

    [Fact]
    public void Alpha_that_peaks_at_254_is_opaque()
    {
        var image = BackgroundImages.Render((x, y) => new Colour((byte)x, (byte)y, 90, 254));

        AlphaInspector.Inspect(image).Kind.ShouldBe(AlphaKind.Opaque);
        BackgroundInspector.Inspect(image).TransparentShare.ShouldBe(0);
    }
}
