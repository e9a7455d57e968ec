using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Imaging.Matting.Refinement;

namespace GptImage2.Imaging.Tests.Matting.Models;

/// <summary>What becomes of two answers of a model about one image.</summary>
public sealed class MirroredLookTests
{
    private const int Edge = 100;

    [Fact]
    public void What_either_look_found_is_the_subject()
    {
        var joined = MirroredLook.Join(Find(x => x is >= 20 and < 50), Mirror(Find(x => x is >= 40 and < 80)));

        joined.Alpha.ShouldBe(Find(x => x is >= 20 and < 80).Alpha);
    }

    [Fact]
    public void A_part_that_was_found_once_is_in_dispute()
    {
        var joined = MirroredLook.Join(Find(x => x is >= 20 and < 70), Mirror(Find(x => x is >= 20 and < 80)));

        joined.DisputedShare.ShouldBe(10 / 60.0, 0.001);
    }

    [Fact]
    public void An_edge_that_moves_a_little_is_not()
    {
        var joined = MirroredLook.Join(Find(x => x is >= 20 and < 76), Mirror(Find(x => x is >= 24 and < 80)));

        joined.DisputedShare.ShouldBe(0);
    }

    [Fact]
    public void Shades_of_doubt_are_not()
    {
        var faint = Find(x => x is >= 20 and < 80) is var whole ? whole with { Alpha = [.. whole.Alpha.Select(alpha => (byte)(alpha * 0.7))] } : null!;

        MirroredLook.Join(whole, Mirror(faint)).DisputedShare.ShouldBe(0);
    }

    [Fact]
    public void No_subject_in_either_look_is_none_and_no_dispute()
    {
        var joined = MirroredLook.Join(Find(_ => false), Find(_ => false));

        joined.Alpha.ShouldAllBe(alpha => alpha == 0);
        joined.DisputedShare.ShouldBe(0);
    }

    [Fact]
    public void A_subject_of_which_one_look_missed_a_part_is_refused_and_not_cut()
    {
        var matte = MirroredLook.Join(Find(x => x is >= 20 and < 70), Mirror(Find(x => x is >= 20 and < 80)));

        var refused = Should.Throw<BackgroundRemovalException>(() => MatteRefiner.CutOut(SampleImages.Opaque(200, 200).Encoded(), matte, TestContext.Current.CancellationToken));

        refused.Error.ShouldBe(BackgroundRemovalError.NonUniformBackground);
        refused.Message.ShouldBe("expected a clear subject but the model, asked about the image and about its mirror image, found 17 % of it only once, so a part would be missing.");
    }

    private static Matte Find(Func<int, bool> isSubject) =>
        new(new Dimensions(Edge, Edge), [.. Enumerable.Range(0, Edge * Edge).Select(place => isSubject(place % Edge) ? byte.MaxValue : byte.MinValue)]);

    private static Matte Mirror(Matte matte) => matte with { Alpha = [.. matte.Alpha.Chunk(Edge).SelectMany(row => row.Reverse())] };
}
