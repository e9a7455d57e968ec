using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>
/// First stage: the pixels that are nothing but background. Outside the subject that is everything of the background's colour that is connected
/// to the border; holes are enclosed components of that colour. On a chroma-key background every hole counts, because subjects do not contain
/// exactly that colour. White, grey and black occur in subjects (the white of an eye, a shirt, a label), so on a neutral background a hole must
/// be framed by fine structure, as the gaps between curls are.
/// </summary>
/// <param name="openHoles">Whether every hole counts on a neutral background as well, because somebody has looked.</param>
internal sealed class BackgroundSegmentation(MattingContext context, bool openHoles)
{
    /// <summary>Noise is averaged over a window of this radius, in pixels.</summary>
    private const int NeighbourhoodRadius = 2;

    /// <summary>Area in pixels.</summary>
    private const int MaxSpeckSize = 48;

    private readonly int _width = context.Pixels.Width;
    private readonly TrimapLabel[] _labels = context.Labels;

    internal void Segment()
    {
        LabelByColour();
        if (context.Thresholds.IsNoisy)
        {
            RemoveSpecks();
        }

        var enclosed = new EnclosedAreas(context);
        enclosed.Separate();
        enclosed.Classify(openHoles);
    }

    private void LabelByColour() => context.ForEachRow((y, background) =>
    {
        for (var x = 0; x < background.Length; x++)
        {
            var index = (y * _width) + x;
            var difference = context.Pixels.ColourAt(index).MaxDifference(background[x]);
            var matches = difference <= context.Thresholds.CertainMatch
                || (difference <= context.Thresholds.PossibleMatch && NeighbourhoodMatches(x, y, background[x]));
            _labels[index] = matches ? TrimapLabel.Background : TrimapLabel.Unknown;
        }
    });

    /// <summary>Whether the deviations of the neighbours that are near the background's colour average out, as those of noise do.</summary>
    private bool NeighbourhoodMatches(int x, int y, Vector3 background)
    {
        var (count, deviation) = (0, Vector3.Zero);
        for (var row = Math.Max(0, y - NeighbourhoodRadius); row <= Math.Min(context.Pixels.Height - 1, y + NeighbourhoodRadius); row++)
        {
            for (var column = Math.Max(0, x - NeighbourhoodRadius); column <= Math.Min(_width - 1, x + NeighbourhoodRadius); column++)
            {
                var colour = context.Pixels.ColourAt((row * _width) + column);
                if (colour.MaxDifference(background) <= context.Thresholds.PossibleMatch)
                {
                    (count, deviation) = (count + 1, deviation + colour - background);
                }
            }
        }

        return Vector3.Abs(deviation).MaxChannel <= context.Thresholds.MeanMatch * count;
    }

    /// <summary>Relabels small components that differ from the background by noise alone.</summary>
    private void RemoveSpecks()
    {
        foreach (var component in new ConnectedComponents(_labels, _width).Find(TrimapLabel.Unknown, enclosed: false))
        {
            if (component.Count <= MaxSpeckSize && component.All(index => context.DifferenceAt(index) <= 2 * context.Thresholds.PossibleMatch))
            {
                context.Relabel(component, TrimapLabel.Background);
            }
        }
    }
}
