using System.Numerics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Translucency;

/// <summary>
/// Second stage on a neutral background, whose hue does not reveal what shows through: shadows and glows. They are connected to the background
/// by small smooth steps and only darken or lighten it; the edge of a subject is a large step, so what is beyond it is solid. They get the
/// smallest alpha that explains them, with the blackest or brightest colour possible.
/// </summary>
internal sealed class ShadowEstimator(MattingContext context)
{
    /// <summary>Levels per pixel; the hard edge of a pale subject has twice this, a shadow that fades over twenty pixels half.</summary>
    private const int MaxSlope = 6;

    /// <summary>The flood fill needs paths of this half width, in pixels, so that a faint spot in a subject's edge lets nothing in.</summary>
    private const int MorphologyRadius = 1;

    /// <summary>Levels that a shadow or glow may darken or lighten at most; where there are fewer, noise alone would look opaque.</summary>
    private static readonly Vector3 MinRange = new(32);

    /// <summary>How much bluer or warmer than the background a shadow may be, in levels; it grows with the shadow's depth.</summary>
    private const float MaxTint = 10;
    private const float MinTint = 3;
    private const float TintPerLevel = 0.2f;
    private readonly int _width = context.Pixels.Width;
    private readonly TrimapLabel[] _labels = context.Labels;

    internal void Estimate()
    {
        var averages = BoxBlur.Blur(context.Pixels, context.Thresholds.BlurRadius);
        var smooth = FindSmoothPixels(averages);
        context.MarkTranslucent(Morphology.Dilate(smooth, FloodFromBackground(smooth), _width, MorphologyRadius));
        new ShadowVerifier(context).RejectFalseShadows(averages);
        for (var pass = 0; pass < MorphologyRadius + 1; pass++)
        {
            GrowTowardsEdges();
        }

        context.RelabelSpecks(TrimapLabel.Translucent);
        ReleaseLitSpots();
        context.ForEachPixel(TrimapLabel.Translucent, SolveTranslucent);
    }

    /// <summary>What has the background's colour and is enclosed by shadow alone, without any subject at its edge, is background in the shadow.</summary>
    private void ReleaseLitSpots()
    {
        foreach (var spot in new ConnectedComponents(_labels, _width).Find(TrimapLabel.Enclosed, enclosed: false))
        {
            if (spot.All(index => !IsBesideSubject(index)))
            {
                context.Relabel(spot, TrimapLabel.Translucent);
            }
        }
    }

    private bool IsBesideSubject(int index)
    {
        foreach (var direction in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            if (context.Step(index, direction, 1) is >= 0 and var neighbour && _labels[neighbour] == TrimapLabel.Unknown)
            {
                return true;
            }
        }

        return false;
    }

    private bool[] FindSmoothPixels(RgbaBuffer averages)
    {
        var smooth = new bool[_labels.Length];
        var noise = (float)(context.Thresholds.IsNoisy ? 1 + (0.7 * context.Thresholds.Noise) : 0);
        context.ForEachRow((y, background) =>
        {
            var (row, above, below) = (y * _width, Math.Max(0, y - 1) * _width, Math.Min(context.Pixels.Height - 1, y + 1) * _width);
            for (var x = 0; x < background.Length; x++)
            {
                var (left, right) = (Math.Max(0, x - 1), Math.Min(_width - 1, x + 1));
                smooth[row + x] = averages.ColourAt(row + left).MaxDifference(averages.ColourAt(row + right)) <= 2 * MaxSlope
                    && averages.ColourAt(above + x).MaxDifference(averages.ColourAt(below + x)) <= 2 * MaxSlope
                    && IsShadowOrGlow(averages.ColourAt(row + x), background[x], noise);
            }
        });
        return smooth;
    }

    private bool[] FloodFromBackground(bool[] smooth)
    {
        var paths = Morphology.Erode(smooth, smooth, _width, MorphologyRadius);
        var reached = Array.ConvertAll(_labels, label => label == TrimapLabel.Background);
        RegionGrowth.Grow(reached, _width, int.MaxValue, (_, neighbour) => paths[neighbour] && _labels[neighbour] != TrimapLabel.Enclosed);
        return reached;
    }

    /// <summary>Averages next to the edge of a subject contain some of the subject, so the last pixels before it are judged individually.</summary>
    private void GrowTowardsEdges()
    {
        var reached = new bool[_labels.Length];
        var noise = (float)context.Thresholds.Noise;
        context.ForEachPixel(TrimapLabel.Unknown, (index, background) =>
            reached[index] = IsNextToTranslucent(index, 2 * MaxSlope) && IsShadowOrGlow(context.Pixels.ColourAt(index), background, noise));
        context.MarkTranslucent(reached);
    }

    private bool IsNextToTranslucent(int index, int maxDifference)
    {
        var colour = context.Pixels.ColourAt(index);
        foreach (var direction in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            if (context.Step(index, direction, 1) is >= 0 and var neighbour && _labels[neighbour] == TrimapLabel.Translucent
                && colour.MaxDifference(context.Pixels.ColourAt(neighbour)) <= maxDifference)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all channels move by the same share towards black, or towards white.</summary>
    private static bool IsShadowOrGlow(Vector3 pixel, Vector3 background, float noise)
    {
        var (grey, backgroundGrey) = (pixel.ChannelSum, background.ChannelSum);
        var target = grey > backgroundGrey ? 255f : 0f;
        var share = Math.Abs(backgroundGrey - (3 * target)) < 1 ? 0 : (grey - backgroundGrey) / ((3 * target) - backgroundGrey);
        var tolerance = noise + Math.Min(MaxTint, MinTint + (TintPerLevel * Math.Abs(grey - backgroundGrey) / 3));
        return (pixel - background).MaxDifference(share * (new Vector3(target) - background)) <= tolerance;
    }

    private void SolveTranslucent(int index, Vector3 background)
    {
        var change = context.Pixels.ColourAt(index) - background;
        var (towardsBlack, towardsWhite) = (-change / Vector3.Max(MinRange, background), change / Vector3.Max(MinRange, new Vector3(255) - background));
        var alpha = Math.Clamp(Vector3.Max(towardsBlack, towardsWhite).MaxChannel, 1 / 255f, 1);
        context.SetPixel(index, (change / alpha) + background, alpha);
    }
}
