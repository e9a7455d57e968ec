using GptImage2.Generation.Models;

namespace GptImage2.Generation.Planning;

/// <summary>Chooses the size a model draws at.</summary>
public static class CanvasSizing
{
    /// <summary>Pixels of a canvas that takes its shape from a reference.</summary>
    private const long ReferenceCanvasPixels = 1536 * 1024;

    /// <summary>A canvas of a reference's shape, for an edit without a given size.</summary>
    public static Dimensions FollowReference(SizeRules rules, Dimensions reference) => rules.NearestToAspect(reference, ReferenceCanvasPixels);

    /// <returns>
    /// The given size; else the smallest legal canvas that holds the size to deliver, or the legal one nearest to it where
    /// none is large enough; else a square.
    /// </returns>
    public static Dimensions ChooseSize(SizeRules rules, Dimensions? given, Dimensions? resizeTo) => (given, resizeTo) switch
    {
        ({ } size, _) => size,
        (null, { } target) => rules.SmallestContaining(target) ?? rules.Nearest(target),
        _ => SizePreset.Square.Size,
    };
}
