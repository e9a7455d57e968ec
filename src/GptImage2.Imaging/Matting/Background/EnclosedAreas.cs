using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>
/// Decides about areas of the background's colour that are not connected with the border. On a chroma-key background every hole counts, because
/// subjects do not contain exactly that colour. White, grey and black occur in subjects (the white of an eye, a shirt, a label), so on a neutral
/// background a hole must be framed by fine structure, as the gaps between curls are.
/// </summary>
internal sealed class EnclosedAreas(MattingContext context)
{
    private const int MinColouredHole = 3;
    private const int MinNeutralHole = 9;

    /// <summary>How many strands a gap may be away from the outside; each round scans the whole image.</summary>
    private const int MaxGapRounds = 8;

    /// <summary>Share of a gap's rim that is made of thin strands.</summary>
    private const double MinStrandShare = 0.35;

    /// <summary>A strand differs at least by this many levels from the background; less is the shading of a subject of the background's colour.</summary>
    private readonly float _minStrandContrast = context.Thresholds.IsLossy ? 60 : 40;

    /// <summary>Share of its rim that has the outside right behind a strand; the others have gaps.</summary>
    private const double MinOutsideShare = 0.1;

    /// <summary>Share of the image above which a gap is taken for a part of the subject: a square of a twelfth of the edge.</summary>
    private const double MaxGapShare = 0.007;

    /// <summary>The component that is being looked at.</summary>
    private const TrimapLabel Current = TrimapLabel.Translucent;

    private readonly int _width = context.Pixels.Width;
    private readonly TrimapLabel[] _labels = context.Labels;

    /// <summary>
    /// Separates what is connected with the border from what is enclosed. Where a subject has a neutral background's grey, its outline is faint or
    /// broken, and the outside leaks in through necks a few pixels wide: what is behind a neck is enclosed as well.
    /// </summary>
    internal void Separate()
    {
        var matches = Array.ConvertAll(_labels, label => label == TrimapLabel.Background);
        var radius = context.Background.IsNeutral ? Math.Max(1, context.Pixels.ShorterEdge / 192) + (context.Thresholds.IsLossy ? 3 : 0) : 0;
        var wide = radius == 0 ? matches : Morphology.Erode(matches, matches, _width, radius);
        var outside = MarkFrame(matches, radius);
        RegionGrowth.Grow(outside, _width, int.MaxValue, (_, neighbour) => wide[neighbour]);
        var opened = Morphology.Dilate(matches, outside, _width, radius);
        for (var index = 0; index < _labels.Length; index++)
        {
            _labels[index] = matches[index] && !outside[index] && !opened[index] ? TrimapLabel.Enclosed : _labels[index];
        }
    }

    /// <summary>The outermost pixels, which have no whole window around them.</summary>
    private bool[] MarkFrame(bool[] matches, int radius)
    {
        var marks = new bool[matches.Length];
        for (var index = 0; index < marks.Length; index++)
        {
            var (x, y) = (index % _width, index / _width);
            marks[index] = matches[index] && (x <= radius || y <= radius || x >= _width - 1 - radius || y >= context.Pixels.Height - 1 - radius);
        }

        return marks;
    }

    /// <param name="openHoles">Whether every hole counts on a neutral background as well, because somebody has looked.</param>
    internal void Classify(bool openHoles)
    {
        var enclosed = new ConnectedComponents(_labels, _width).Find(TrimapLabel.Enclosed, enclosed: false);
        var minHole = context.Background.IsNeutral ? MinNeutralHole : MinColouredHole;
        if (context.Background.IsNeutral && !openHoles)
        {
            OpenGaps(enclosed);
        }
        else
        {
            enclosed.ForEach(component => context.Relabel(component, component.Count >= minHole ? TrimapLabel.Background : TrimapLabel.Unknown));
        }
    }

    /// <summary>From the outside inwards: each recognised gap makes the gaps next to it recognisable.</summary>
    private void OpenGaps(List<ArraySegment<int>> enclosed)
    {
        var parts = enclosed.Where(component => component.Count > MaxGapShare * context.Pixels.PixelCount).ToList();
        enclosed.RemoveAll(parts.Contains);
        for (var (round, opened) = (0, 1); round < MaxGapRounds && opened > 0; round++)
        {
            opened = enclosed.RemoveAll(OpenIfGap);
        }

        var minPart = context.Thresholds.IsLossy ? 10 : 4;
        foreach (var component in enclosed.Concat(parts))
        {
            context.Relabel(component, component.Count < minPart * minPart ? TrimapLabel.Unknown : TrimapLabel.Enclosed);
        }
    }

    private bool OpenIfGap(ArraySegment<int> component)
    {
        var isGap = IsGap(component);
        context.Relabel(component, isGap ? TrimapLabel.Background : TrimapLabel.Enclosed);
        return isGap;
    }

    /// <summary>Whether most of the component's rim consists of thin strands, beyond which there is more of the background's colour, and some of it is outside.</summary>
    private bool IsGap(ArraySegment<int> component)
    {
        var strandWidth = Math.Max(8, context.Pixels.ShorterEdge / 128) + (context.Thresholds.IsLossy ? 2 : 0);
        context.Relabel(component, Current);
        var (rim, outside, inside) = (0, 0, 0);
        foreach (var index in component)
        {
            foreach (var direction in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
            {
                if (_labels[index + direction] != Current)
                {
                    var beyond = FindBeyond(index, direction, strandWidth);
                    (rim, outside, inside) = (rim + 1, outside + (beyond == TrimapLabel.Background ? 1 : 0), inside + (beyond == TrimapLabel.Enclosed ? 1 : 0));
                }
            }
        }

        return outside >= MinOutsideShare * rim && outside + inside >= MinStrandShare * rim;
    }

    /// <summary>What of the background's colour is behind a strand; <see cref="TrimapLabel.Unknown"/> when nothing is within its width.</summary>
    private TrimapLabel FindBeyond(int index, int direction, int strandWidth)
    {
        var contrast = 0f;
        for (var step = 1; step <= strandWidth + 1 && context.Step(index, direction, step) is >= 0 and var target; step++)
        {
            if (_labels[target] is TrimapLabel.Background or TrimapLabel.Enclosed)
            {
                return step == 1 || contrast >= _minStrandContrast ? _labels[target] : TrimapLabel.Unknown;
            }

            contrast = Math.Max(contrast, context.DifferenceAt(target));
        }

        return TrimapLabel.Unknown;
    }
}
