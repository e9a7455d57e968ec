using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>
/// First stage: the pixels that are nothing but background: those of its colour that are connected to the border, and of the enclosed ones those
/// that <see cref="EnclosedAreas"/> takes for holes.
/// </summary>
/// <param name="openHoles">Whether every hole counts on a neutral background as well, because somebody has looked.</param>
internal sealed class BackgroundSegmentation(MattingContext context, bool openHoles)
{
    /// <summary>Noise is averaged over a window of this radius, in pixels.</summary>
    private const int NeighbourhoodRadius = 2;

    private readonly int _width = context.Pixels.Width;
    private readonly TrimapLabel[] _labels = context.Labels;

    internal void Segment()
    {
        LabelByColour();
        if (context.Thresholds.IsNoisy)
        {
            context.RelabelSpecks(TrimapLabel.Background);
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
}
