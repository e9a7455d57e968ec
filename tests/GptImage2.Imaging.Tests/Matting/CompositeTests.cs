using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Keying;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting;

/// <summary>
/// Every drawn subject in front of every backdrop: what is delivered is right, or nothing is delivered. The figures are in docs/cutouts.md.
/// </summary>
public sealed class CompositeTests(ITestOutputHelper output)
{
    /// <summary>Share of what is certainly opaque that may be see-through in a cut-out that is called one.</summary>
    private const double MaxLoss = 0.01;

    /// <summary>A grey screw thread in front of the very same grey.</summary>
    private const double MaxLossOfThread = 0.011;

    public static TheoryData<string> EveryBackdrop() => [.. Backdrops.All.Select(backdrop => backdrop.Name)];

    [Theory]
    [MemberData(nameof(EveryBackdrop))]
    public void What_is_delivered_has_lost_nothing_of_the_subject(string name)
    {
        var backdrop = Backdrops.All.Single(one => one.Name == name);
        var cuts = Composites.Names.Where(subject => Composites.IsDecidable(subject, backdrop)).ToDictionary(subject => subject, subject => Cut(subject, backdrop));
        foreach (var (subject, accuracy) in cuts)
        {
            output.WriteLine(accuracy is null ? $"{subject}: refused" : $"{subject}: error {accuracy.AlphaError:P2}, lost {accuracy.OpaqueLoss:P2}");
        }

        MattingAccuracy[] delivered = [.. cuts.Values.OfType<MattingAccuracy>()];
        delivered.Length.ShouldBeGreaterThanOrEqualTo(cuts.Count * 2 / 3, "most are not refused");
        delivered.Average(accuracy => accuracy.AlphaError).ShouldBeLessThanOrEqualTo(backdrop.IsSaturated && backdrop.JpegQuality is null ? 0.008 : 0.015);
        cuts.Where(cut => cut.Value?.OpaqueLoss > (cut.Key is "light bulb" ? MaxLossOfThread : MaxLoss)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("white shirt", "white")]
    [InlineData("white shirt", "paper, noise 3")]
    [InlineData("white fur", "paper, noise 3")]
    [InlineData("cartoon", "black")]
    [InlineData("grey fur", "grey")]
    public void A_subject_without_an_outline_is_refused(string subject, string backdrop) =>
        Cut(subject, Backdrops.All.Single(one => one.Name == backdrop)).ShouldBeNull();

    private static MattingAccuracy? Cut(string name, Backdrop backdrop)
    {
        var subject = Composites.Get(name);
        try
        {
            using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(subject, backdrop), Composites.HasHoles(name));
            return MattingAccuracy.Measure(cut, subject);
        }
        catch (BackgroundRemovalException)
        {
            return null;
        }
    }
}
