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

        ClassifyHoles(new ConnectedComponents(_labels, _width));
    }

    private void LabelByColour() => ParallelRows.ForEach(context.Pixels, context.Background, (y, background) =>
    {
        var row = context.Pixels.GetRow(y);
        for (var x = 0; x < _width; x++)
        {
            var colour = background.Slice(x * 3, 3);
            var difference = ColourDistance.Chebyshev(row.Slice(x * 4, 3), colour);
            var matches = difference <= context.Thresholds.CertainMatch || (difference <= context.Thresholds.PossibleMatch && NeighbourhoodMatches(x, y, colour));
            _labels[(y * _width) + x] = matches ? TrimapLabel.Background : TrimapLabel.Unknown;
        }
    });

    /// <summary>Whether the deviations of the neighbours that are near the background's colour average out, as those of noise do.</summary>
    private bool NeighbourhoodMatches(int x, int y, ReadOnlySpan<float> colour)
    {
        var (count, red, green, blue) = (0, 0f, 0f, 0f);
        for (var row = Math.Max(0, y - NeighbourhoodRadius); row <= Math.Min(context.Pixels.Height - 1, y + NeighbourhoodRadius); row++)
        {
            for (var column = Math.Max(0, x - NeighbourhoodRadius); column <= Math.Min(_width - 1, x + NeighbourhoodRadius); column++)
            {
                var pixel = context.Pixels.Rgba.AsSpan(((row * _width) + column) * 4, 3);
                if (ColourDistance.Chebyshev(pixel, colour) <= context.Thresholds.PossibleMatch)
                {
                    (count, red, green, blue) = (count + 1, red + pixel[0] - colour[0], green + pixel[1] - colour[1], blue + pixel[2] - colour[2]);
                }
            }
        }

        return Math.Max(Math.Abs(red), Math.Max(Math.Abs(green), Math.Abs(blue))) <= context.Thresholds.MeanMatch * count;
    }

    /// <summary>Relabels small components that differ from the background by noise alone.</summary>
    private void RemoveSpecks()
    {
        var components = new ConnectedComponents(_labels, _width);
        foreach (var component in components.Find(TrimapLabel.Unknown, enclosed: false).Where(component => component.Length <= MaxSpeckSize))
        {
            var indices = components.GetPixels(component);
            if (IsNoiseSpeck(indices))
            {
                Relabel(indices, TrimapLabel.Background);
            }
        }
    }

    private bool IsNoiseSpeck(ReadOnlySpan<int> indices)
    {
        Span<float> colour = stackalloc float[3];
        foreach (var index in indices)
        {
            context.Background.ColourField.EvaluateAt(index % _width, index / _width, colour);
            if (ColourDistance.Chebyshev(context.Pixels.Rgba.AsSpan(index * 4, 3), colour) > 2 * context.Thresholds.PossibleMatch)
            {
                return false;
            }
        }

        return true;
    }

    private void ClassifyHoles(ConnectedComponents components)
    {
        var holes = components.Find(TrimapLabel.Background, enclosed: true);
        holes.RemoveAll(component => context.Background.IsNeutral ? IsLargeHole(components.GetPixels(component)) : component.Length >= MinColouredHole);
        foreach (var component in holes)
        {
            Relabel(components.GetPixels(component), TrimapLabel.Unknown);
        }

        if (context.Background.IsNeutral)
        {
            OpenGaps(components, holes);
        }
    }

    /// <summary>From the outside inwards: each recognised gap makes the gaps next to it recognisable.</summary>
    private void OpenGaps(ConnectedComponents components, List<(int Start, int Length)> holes)
    {
        for (var (round, opened) = (0, 1); round < MaxGapRounds && opened > 0; round++)
        {
            var outside = NearestFeatureTransform.Compute(_labels, TrimapLabel.Background, _width);
            var gaps = holes.Where(component => IsGap(components.GetPixels(component), outside)).ToHashSet();
            foreach (var component in gaps)
            {
                Relabel(components.GetPixels(component), TrimapLabel.Background);
            }

            opened = holes.RemoveAll(gaps.Contains);
        }
    }

    private void Relabel(ReadOnlySpan<int> indices, TrimapLabel label)
    {
        foreach (var index in indices)
        {
            _labels[index] = label;
        }
    }

    private bool IsLargeHole(ReadOnlySpan<int> component)
    {
        var (offset, deviation) = MeasureDeviation(component);
        return component.Length >= Math.Max(40, MinNeutralHoleShare * context.Pixels.PixelCount) && offset <= context.Thresholds.MaxMeanOffset && deviation <= context.Thresholds.MaxMeanDeviation;
    }

    /// <summary>Deviation of a component from the background: of its mean, in which noise cancels out, and the mean over its pixels.</summary>
    private (double Offset, double Deviation) MeasureDeviation(ReadOnlySpan<int> component)
    {
        Span<float> colour = stackalloc float[3];
        Span<double> offsets = stackalloc double[3];
        var (count, deviation) = (0, 0.0);
        for (var i = 0; i < component.Length; i += Math.Max(1, component.Length / 2000))
        {
            context.Background.ColourField.EvaluateAt(component[i] % _width, component[i] / _width, colour);
            var pixel = context.Pixels.Rgba.AsSpan(component[i] * 4, 3);
            for (var channel = 0; channel < 3; channel++)
            {
                offsets[channel] += pixel[channel] - colour[channel];
            }

            deviation += ColourDistance.Chebyshev(pixel, colour);
            count++;
        }

        return (Math.Max(Math.Abs(offsets[0]), Math.Max(Math.Abs(offsets[1]), Math.Abs(offsets[2]))) / count, deviation / count);
    }

    /// <summary>Whether much of the component's outline (estimated from its area) is within a strand's width of other background.</summary>
    private bool IsGap(ReadOnlySpan<int> component, NearestFeatureTransform outside)
    {
        // A lossy codec hides the background right next to a strand.
        var strandWidth = Math.Max(5, context.Pixels.ShorterEdge / 160) + (context.Thresholds.IsLossy ? 5 : 0);
        var near = 0;
        foreach (var index in component)
        {
            near += outside.SquaredDistance(index) <= strandWidth * strandWidth ? 1 : 0;
        }

        return near >= Math.Min(0.6 * component.Length, 1.4 * Math.Sqrt(component.Length));
    }
}
