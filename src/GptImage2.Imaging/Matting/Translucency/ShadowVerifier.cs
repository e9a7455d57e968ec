using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Translucency;

/// <summary>
/// Rejects components labelled as shadow that are pale solid objects whose edge was too faint to stop the flood fill. A shadow fades into the
/// background along most of its rim; an object differs clearly a few pixels inside.
/// </summary>
internal sealed class ShadowVerifier(MattingContext context)
{
    /// <summary>Distance from the background, in pixels, at which the rim is judged.</summary>
    private const int RimDepth = 3;

    /// <summary>Largest difference of a shadow at that distance, in levels of the channel that differs most.</summary>
    private const float MaxRimDifference = 10;

    /// <summary>Share of abrupt pixels of the rim from which a component is an object.</summary>
    private const double MaxAbruptShare = 0.5;
    private readonly int _width = context.Pixels.Width;
    private readonly TrimapLabel[] _labels = context.Labels;

    internal void RejectFalseShadows()
    {
        foreach (var component in new ConnectedComponents(_labels, _width).Find(TrimapLabel.Translucent, enclosed: false))
        {
            if (HasAbruptRim(component))
            {
                context.Relabel(component, TrimapLabel.Unknown);
            }
        }
    }

    private bool HasAbruptRim(ArraySegment<int> component)
    {
        int[] rim = [.. component.Where(IsRimPixel)];
        return rim.Count(index => context.DifferenceAt(index) > MaxRimDifference + (2 * context.Thresholds.Noise)) > MaxAbruptShare * rim.Length;
    }

    private bool IsRimPixel(int index)
    {
        var (x, y) = (index % _width, index / _width);
        return (x >= RimDepth && _labels[index - RimDepth] == TrimapLabel.Background)
            || (x < _width - RimDepth && _labels[index + RimDepth] == TrimapLabel.Background)
            || (y >= RimDepth && _labels[index - (RimDepth * _width)] == TrimapLabel.Background)
            || (y < context.Pixels.Height - RimDepth && _labels[index + (RimDepth * _width)] == TrimapLabel.Background);
    }
}
