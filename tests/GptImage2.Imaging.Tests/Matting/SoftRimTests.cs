using GptImage2.Imaging.Matting.Keying;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting;

/// <summary>Photographs that were cut out before have soft rims, darker than they are themselves: in front of a saturated backdrop these must not become lines of its hue.</summary>
public sealed class SoftRimTests
{
    private const int Edge = 300;

    public static TheoryData<byte, byte, byte, byte> Cases() => new()
    {
        { 0, 255, 0, 10 },
        { 0, 177, 64, 10 },
        { 20, 60, 200, 10 },
        { 255, 0, 184, 10 },
        { 0, 255, 0, 250 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rim_is_as_see_through_and_as_grey_as_it_is(byte red, byte green, byte blue, byte rim)
    {
        var subject = Draw(new Colour(rim, rim, rim));

        using var cut = BackgroundRemover.RemoveBackground(SceneComposer.Compose(subject, new Colour(red, green, blue)));

        var accuracy = MattingAccuracy.Measure(cut, subject);
        accuracy.AlphaError.ShouldBeLessThan(0.003);
        accuracy.Halo.ShouldBeLessThan(5);
        accuracy.OpaqueLoss.ShouldBe(0);
    }

    private static SubjectDrawing Draw(Colour rim)
    {
        var subject = new SubjectDrawing(Edge);
        subject.AddHaze(rim, (x, y) => Math.Clamp((104 - Math.Sqrt(((x - 150) * (x - 150)) + ((y - 150) * (y - 150)))) / 5, 0, 1));
        return subject.Disc(150, 150, 99).Fill((x, y) => (new Colour((byte)(190 + (x % 7)), (byte)(170 + (y % 5)), 160), 1));
    }
}
