using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Tests.PostProcessing;

public sealed class BackdropCheckTests
{
    private static readonly Dimensions Size = new(800, 600);

    private static readonly Price Usd = new() { Unit = CostUnit.Usd, Estimate = new UsdRange(0.041m, 0.053m) };

    [Fact]
    public void A_subject_of_the_backdrops_hue_is_told_with_the_way_to_another_and_its_price() =>
        Describe(new Colour(20, 140, 60), 0.1).ShouldNotBeNull().ShouldMatch(
            @"^cutout: (9|10) % of the subject of image img_1 is as green as its backdrop, so that parts of it may be cut away\. Look at it\. " +
            @"A prompt that calls the subject green makes a second try on pure magenta \(#FF00B8\), for about 0\.053 USD\.$");

    [Theory]
    [InlineData(20, 140, 60, 0.01)]
    [InlineData(200, 30, 30, 0.5)]
    [InlineData(120, 130, 122, 0.5)]
    public void Little_of_it_other_hues_and_greys_are_not_told(byte red, byte green, byte blue, double share) => Describe(new Colour(red, green, blue), share).ShouldBeNull();

    [Fact]
    public void What_is_see_through_does_not_count() => Describe(new Colour(20, 140, 60, 128), 0.5).ShouldBeNull();

    [Fact]
    public void Without_a_backdrop_there_is_nothing_to_tell()
    {
        using var green = Image.FromColour(Size, new Colour(20, 140, 60));

        BackdropCheck.Describe(green, Request with { Backdrop = null }, Usd, "img_1").ShouldBeNull();
    }

    private static GenerateRequest Request => new() { Prompt = "a parasol", Size = Size, Cutout = true, Backdrop = ChromaKey.ChooseFor("a parasol") };

    /// <summary>A red subject, of which a share has another colour, on nothing.</summary>
    private static string? Describe(Colour part, double share)
    {
        using var canvas = Image.FromColour(Size, Colour.Transparent);
        using var subject = Image.FromColour(new Dimensions(400, 400), new Colour(200, 30, 30));
        using var other = Image.FromColour(new Dimensions(400, (int)(400 * share)), part);
        using var whole = subject.Insert(other, 0, 0);
        using var cutout = canvas.Insert(whole, 100, 100);
        return BackdropCheck.Describe(cutout, Request, Usd, "img_1");
    }
}
