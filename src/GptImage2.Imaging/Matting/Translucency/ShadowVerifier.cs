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
        var components = new ConnectedComponents(_labels, _width);
        foreach (var component in components.Find(TrimapLabel.Translucent, enclosed: false))
        {
            var indices = components.GetPixels(component);
            if (HasAbruptRim(indices))
            {
                foreach (var index in indices)
                {
                    _labels[index] = TrimapLabel.Unknown;
                }
            }
        }
    }

    private bool HasAbruptRim(ReadOnlySpan<int> indices)
    {
        var (rim, abrupt) = (0, 0);
        Span<float> background = stackalloc float[3];
        foreach (var index in indices)
        {
            if (IsRimPixel(index))
            {
                context.Background.ColourField.EvaluateAt(index % _width, index / _width, background);
                rim++;
                abrupt += ColourDistance.Chebyshev(context.Pixels.Rgba.AsSpan(index * 4, 3), background) > MaxRimDifference + (2 * context.Thresholds.Noise) ? 1 : 0;
            }
        }

        return abrupt > MaxAbruptShare * rim;
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
