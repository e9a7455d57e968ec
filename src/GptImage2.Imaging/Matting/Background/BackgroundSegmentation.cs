using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>
/// First stage: the pixels that are nothing but background. Outside the subject that is everything of the background's colour that is connected
/// to the border; holes are enclosed components of that colour. On a chroma-key background every hole counts, because subjects do not contain
/// exactly that colour. White, grey and black occur in subjects (the white of an eye, a button, a label), so on a neutral background a hole must
/// match the background evenly and be either large or framed by fine structure, as the gaps between curls are.
/// </summary>
internal sealed class BackgroundSegmentation(MattingContext context)
{
    private const int MinColouredHole = 3;

    /// <summary>Noise is averaged over a window of this radius, in pixels.</summary>
    private const int NeighbourhoodRadius = 2;

    /// <summary>Area in pixels.</summary>
    private const int MaxSpeckSize = 48;

    /// <summary>How many strands a gap may be away from the outside; each round scans the whole image.</summary>
    private const int MaxGapRounds = 8;

    /// <summary>Share of the image from which an enclosed component of exactly the background's grey is a hole: 27x27 of 1024x1024 pixels.</summary>
    private const double MinNeutralHoleShare = 0.0007;
    private readonly int _width = context.Pixels.Width;
    private readonly TrimapLabel[] _labels = context.Labels;

    internal void Segment()
    {
        LabelByColour();
        if (context.Thresholds.IsNoisy)
        {
            RemoveSpecks();
        }

        ClassifyHoles();
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

    private void ClassifyHoles()
    {
        var holes = new ConnectedComponents(_labels, _width).Find(TrimapLabel.Background, enclosed: true);
        holes.RemoveAll(component => context.Background.IsNeutral ? IsLargeHole(component) : component.Count >= MinColouredHole);
        holes.ForEach(component => context.Relabel(component, TrimapLabel.Unknown));
        if (context.Background.IsNeutral)
        {
            OpenGaps(holes);
        }
    }

    /// <summary>From the outside inwards: each recognised gap makes the gaps next to it recognisable.</summary>
    private void OpenGaps(List<ArraySegment<int>> holes)
    {
        for (var (round, opened) = (0, 1); round < MaxGapRounds && opened > 0; round++)
        {
            var outside = new NearestFeatureTransform(_labels, TrimapLabel.Background, _width);
            var gaps = holes.Where(component => IsGap(component, outside)).ToHashSet();
            foreach (var component in gaps)
            {
                context.Relabel(component, TrimapLabel.Background);
            }

            opened = holes.RemoveAll(gaps.Contains);
        }
    }

    /// <summary>Whether it is large, and deviates little from the background: in its mean, in which noise cancels out, and in its pixels.</summary>
    private bool IsLargeHole(ArraySegment<int> component)
    {
        var step = Math.Max(1, component.Count / 2000);
        var sample = component.Where((_, position) => position % step == 0);
        Vector3[] deviations = [.. sample.Select(index => context.Pixels.ColourAt(index) - context.Background.ColourField.EvaluateAt(index))];
        return component.Count >= Math.Max(40, MinNeutralHoleShare * context.Pixels.PixelCount)
            && Vector3.Abs(ColourVector.Average(deviations)).MaxChannel <= context.Thresholds.MaxMeanOffset
            && deviations.Average(deviation => Vector3.Abs(deviation).MaxChannel) <= context.Thresholds.MaxMeanDeviation;
    }

    /// <summary>Whether much of the component's outline (estimated from its area) is within a strand's width of other background.</summary>
    private bool IsGap(ArraySegment<int> component, NearestFeatureTransform outside)
    {
        // A lossy codec hides the background right next to a strand.
        var strandWidth = Math.Max(5, context.Pixels.ShorterEdge / 160) + (context.Thresholds.IsLossy ? 5 : 0);
        var near = component.Count(index => outside.SquaredDistance(index) <= strandWidth * strandWidth);
        return near >= Math.Min(0.6 * component.Count, 1.4 * Math.Sqrt(component.Count));
    }
}
