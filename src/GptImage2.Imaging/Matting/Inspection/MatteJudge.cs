using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>
/// Judges a finished matte. Where it goes from opaque to transparent, the image must show an edge: a boundary in the middle of one colour means
/// that a part of the subject was taken for background, or background for the subject.
/// </summary>
internal sealed class MatteJudge(MattingContext context)
{
    /// <summary>Widest edge that is followed from transparent to opaque, in pixels.</summary>
    private const int MaxEdgeWidth = 8;
    private const byte Transparent = 25;
    private const byte Opaque = 230;
    private readonly int _width = context.Pixels.Width;

    /// <summary>Levels by which a subject differs from the background where it ends; less is no edge.</summary>
    private const float MinEdge = 16;

    /// <summary>Share of the boundary without an edge from which the matte is not to be trusted.</summary>
    private const double MaxWeakShare = 0.42;

    /// <summary>Whether the matte ends mostly where the image shows no edge.</summary>
    internal bool IsDoubtful => MeasureWeakShare() > MaxWeakShare;

    /// <summary>Share of the boundary at which the subject hardly differs from the background, 0 to 1.</summary>
    private double MeasureWeakShare()
    {
        var (total, weak) = (0, 0);
        for (var index = 0; index < context.Labels.Length; index++)
        {
            if (Alpha(index) > Transparent)
            {
                continue;
            }

            foreach (var direction in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
            {
                if (FindOpaque(index, direction) is >= 0 and var opaque)
                {
                    total++;
                    weak += context.DifferenceAt(opaque) < MinEdge ? 1 : 0;
                }
            }
        }

        return total == 0 ? 0 : (double)weak / total;
    }

    /// <summary>The first opaque pixel and one more; -1 when the edge is not steep, or another transparent pixel comes first.</summary>
    private int FindOpaque(int index, int direction)
    {
        for (var step = 1; step <= MaxEdgeWidth; step++)
        {
            var target = context.Step(index, direction, step);
            if (target < 0 || (step == 1 && Alpha(target) <= Transparent))
            {
                return -1;
            }

            if (Alpha(target) >= Opaque)
            {
                return context.Step(target, direction, 1) is >= 0 and var inner && Alpha(inner) >= Opaque ? inner : target;
            }
        }

        return -1;
    }

    private byte Alpha(int index) => context.Result[(index * 4) + 3];
}
