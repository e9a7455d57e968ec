using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Translucency;

/// <summary>
/// Rejects components labelled as shadow that are pale, dark or textured solid objects, whose edge was too faint to stop the flood fill. A shadow
/// fades into the background along its rim and has no texture; an object begins with a step, however small, and differs clearly a few pixels inside.
/// </summary>
internal sealed class ShadowVerifier(MattingContext context)
{
    /// <summary>Distance from the background, in pixels, at which the rim is judged.</summary>
    private const int RimDepth = 3;

    /// <summary>Largest difference of a shadow at that distance, in levels of the channel that differs most.</summary>
    private const float MaxRimDifference = 10;

    /// <summary>Share of abrupt pixels of the rim from which a component is an object.</summary>
    private const double MaxAbruptShare = 0.5;

    private const double MinFadedShare = 0.15;

    /// <summary>From the rim, in pixels: where the background beyond it is measured, and where the component is further inside.</summary>
    private const int Outside = 5;
    private const int Inside = 6;

    /// <summary>Largest step at the rim that the slope inside does not explain, in levels.</summary>
    private const double MaxStep = 1.2;

    /// <summary>Largest mean curvature relative to the mean difference from the background: fur, cloth and grain have more.</summary>
    private const double MaxTexture = 0.04;

    /// <summary>A shadow that is darker on average, of 1, is a dark object.</summary>
    private const double MaxDensity = 0.7;

    /// <summary>Distance in pixels over which curvature is measured.</summary>
    private const int CurvatureReach = 3;
    private readonly int _width = context.Pixels.Width;
    private readonly TrimapLabel[] _labels = context.Labels;

    /// <param name="averages">The pixels with their noise averaged out.</param>
    internal void RejectFalseShadows(RgbaBuffer averages)
    {
        var grain = MeanCurvature(averages, TrimapLabel.Background, Enumerable.Range(0, _labels.Length));
        foreach (var component in new ConnectedComponents(_labels, _width).Find(TrimapLabel.Translucent, enclosed: false))
        {
            if (!FadesIntoBackground(component) || HasAbruptRim(component) || HasStep(component) || IsDense(component) || HasTexture(component, averages, grain))
            {
                context.Relabel(component, TrimapLabel.Unknown);
            }
        }
    }

    /// <summary>Whether enough of its outline is background; the rest is what throws it, or the border of the image.</summary>
    private bool FadesIntoBackground(ArraySegment<int> component)
    {
        var (outline, faded) = (0, 0);
        foreach (var index in component)
        {
            foreach (var direction in Directions)
            {
                var beyond = LabelAt(index, direction, 1);
                (outline, faded) = (outline + (beyond is 0 or TrimapLabel.Translucent ? 0 : 1), faded + (beyond == TrimapLabel.Background ? 1 : 0));
            }
        }

        return faded >= MinFadedShare * outline;
    }

    private bool HasAbruptRim(ArraySegment<int> component)
    {
        int[] rim = [.. component.Where(index => Directions.Any(step => IsBackground(index, step, RimDepth)))];
        return rim.Count(index => context.DifferenceAt(index) > MaxRimDifference + (2 * context.Thresholds.Noise)) > MaxAbruptShare * rim.Length;
    }

    /// <summary>Whether the brightness changes more across the rim than its slope further inside explains, on average, in which noise cancels out.</summary>
    private bool HasStep(ArraySegment<int> component)
    {
        var (count, step, slope) = (0, 0.0, 0.0);
        foreach (var index in component)
        {
            foreach (var direction in Directions)
            {
                if (IsBackground(index, direction, RimDepth) && !IsBackground(index, direction, RimDepth - 1)
                    && IsBackground(index, direction, RimDepth + Outside) && LabelAt(index, direction, -Inside) == TrimapLabel.Translucent)
                {
                    var (outer, rim, inner) = (Deviation(index, direction, RimDepth + Outside), Deviation(index, direction, 0), Deviation(index, direction, -Inside));
                    (count, step, slope) = (count + 1, step + rim - outer, slope + ((inner - rim) / Inside));
                }
            }
        }

        if (count == 0)
        {
            return false;
        }

        var (meanStep, explained) = (Math.Abs(step) / count, Math.Max(0, slope * Math.Sign(step)) / count * (RimDepth + Outside));
        return meanStep - explained > Math.Max(MaxStep + (3 * context.Thresholds.Noise / Math.Sqrt(count)), 0.5 * meanStep);
    }

    private bool IsDense(ArraySegment<int> component) => component.Average(index => Density(index)) > MaxDensity;

    /// <summary>How far on the way from the background to black, or to white.</summary>
    private double Density(int index)
    {
        var (deviation, background) = (Deviation(index, 0, 0), context.Background.ColourField.EvaluateAt(index).ChannelSum / 3);
        return deviation < 0 ? -deviation / Math.Max(1, background) : deviation / Math.Max(1, 255 - background);
    }

    private bool HasTexture(ArraySegment<int> component, RgbaBuffer averages, double grain)
    {
        var difference = component.Average(index => Math.Abs(Deviation(index, 0, 0)));
        return MeanCurvature(averages, TrimapLabel.Translucent, component) - (1.3 * grain) > MaxTexture * difference;
    }

    /// <summary>
    /// Mean magnitude of the second difference of brightness, in the direction in which it is smaller, where all of it lies in the label; in levels.
    /// A contact shadow bends sharply in one direction only.
    /// </summary>
    private double MeanCurvature(RgbaBuffer averages, TrimapLabel label, IEnumerable<int> indices)
    {
        Span<(int Count, double Sum)> totals = [(0, 0), (0, 0)];
        foreach (var index in indices)
        {
            for (var axis = 0; axis < 2; axis++)
            {
                var direction = axis == 0 ? 1 : _width;
                if (_labels[index] == label && LabelAt(index, direction, CurvatureReach) == label && LabelAt(index, direction, -CurvatureReach) == label)
                {
                    var (before, after) = (index - (CurvatureReach * direction), index + (CurvatureReach * direction));
                    var curvature = averages.ColourAt(before).ChannelSum + averages.ColourAt(after).ChannelSum - (2 * averages.ColourAt(index).ChannelSum);
                    totals[axis] = (totals[axis].Count + 1, totals[axis].Sum + Math.Abs(curvature));
                }
            }
        }

        return Math.Min(totals[0].Sum / Math.Max(1, totals[0].Count), totals[1].Sum / Math.Max(1, totals[1].Count)) / 3;
    }

    private int[] Directions => [-1, 1, -_width, _width];

    private bool IsBackground(int index, int direction, int steps) => LabelAt(index, direction, steps) == TrimapLabel.Background;

    /// <summary>No label outside the image.</summary>
    private TrimapLabel LabelAt(int index, int direction, int steps) => context.Step(index, direction, steps) is >= 0 and var target ? _labels[target] : 0;

    /// <summary>How much brighter than the background, in levels.</summary>
    private double Deviation(int index, int direction, int steps)
    {
        var target = index + (direction * steps);
        return (context.Pixels.ColourAt(target).ChannelSum - context.Background.ColourField.EvaluateAt(target).ChannelSum) / 3;
    }
}
