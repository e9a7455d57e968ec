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

    /// <summary>How much bluer or warmer than the background a shadow may be, in levels; it grows with the shadow's depth.</summary>
    private const float MaxTint = 10;
    private const float MinTint = 3;
    private const float TintPerLevel = 0.2f;
    private readonly int _width = context.Pixels.Width;
    private readonly TrimapLabel[] _labels = context.Labels;

    internal void Estimate()
    {
        var smooth = FindSmoothPixels();
        var reached = FloodFromBackground(smooth);
        for (var index = 0; index < reached.Length; index++)
        {
            if (reached[index] && _labels[index] == TrimapLabel.Unknown)
            {
                _labels[index] = TrimapLabel.Translucent;
            }
        }

        new ShadowVerifier(context).RejectFalseShadows();
        for (var pass = 0; pass < MorphologyRadius + 1; pass++)
        {
            GrowTowardsEdges();
        }

        SolveTranslucent();
    }

    /// <summary>Averages next to the edge of a subject contain some of the subject, so the last pixels before it are judged individually.</summary>
    private void GrowTowardsEdges()
    {
        var reached = new bool[_labels.Length];
        var noise = (float)context.Thresholds.Noise;
        ParallelRows.ForEach(context.Pixels, context.Background, (y, background) =>
        {
            for (var x = 0; x < _width; x++)
            {
                var index = (y * _width) + x;
                reached[index] = _labels[index] == TrimapLabel.Unknown && IsNextToTranslucent(index, 2 * MaxSlope)
                    && IsShadowOrGlow(context.Pixels.Rgba.AsSpan(index * 4, 3), background.Slice(x * 3, 3), noise);
            }
        });

        for (var index = 0; index < reached.Length; index++)
        {
            _labels[index] = reached[index] ? TrimapLabel.Translucent : _labels[index];
        }
    }

    private bool IsNextToTranslucent(int index, int maxDifference)
    {
        foreach (var offset in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            var neighbour = index + offset;
            if ((uint)neighbour < (uint)_labels.Length && _labels[neighbour] == TrimapLabel.Translucent
                && ColourDistance.Chebyshev(context.Pixels.Rgba.AsSpan(index * 4, 3), context.Pixels.Rgba.AsSpan(neighbour * 4, 3)) <= maxDifference)
            {
                return true;
            }
        }

        return false;
    }

    private bool[] FindSmoothPixels()
    {
        var smooth = new bool[_labels.Length];
        var averages = new BoxBlur(context.Pixels, context.Thresholds.BlurRadius);
        var noise = (float)(context.Thresholds.IsNoisy ? 1 + (0.7 * context.Thresholds.Noise) : 0);
        ParallelRows.ForEach(context.Pixels, context.Background, (y, background) =>
        {
            var row = averages.GetRow(y);
            var above = averages.GetRow(Math.Max(0, y - 1));
            var below = averages.GetRow(Math.Min(context.Pixels.Height - 1, y + 1));
            for (var x = 0; x < _width; x++)
            {
                var left = row.Slice(Math.Max(0, x - 1) * 3, 3);
                var right = row.Slice(Math.Min(_width - 1, x + 1) * 3, 3);
                smooth[(y * _width) + x] = ColourDistance.Chebyshev(left, right) <= 2 * MaxSlope && ColourDistance.Chebyshev(above.Slice(x * 3, 3), below.Slice(x * 3, 3)) <= 2 * MaxSlope
                    && IsShadowOrGlow(row.Slice(x * 3, 3), background.Slice(x * 3, 3), noise);
            }
        });
        return smooth;
    }

    /// <summary>Whether all channels move by the same share towards black, or towards white.</summary>
    private static bool IsShadowOrGlow(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> background, float noise)
    {
        var grey = pixel[0] + pixel[1] + pixel[2];
        var backgroundGrey = background[0] + background[1] + background[2];
        var target = grey > backgroundGrey ? 255f : 0f;
        var share = Math.Abs(backgroundGrey - (3 * target)) < 1 ? 0 : (grey - backgroundGrey) / ((3 * target) - backgroundGrey);
        var tolerance = noise + Math.Min(MaxTint, MinTint + (TintPerLevel * Math.Abs(grey - backgroundGrey) / 3));
        for (var channel = 0; channel < 3; channel++)
        {
            if (Math.Abs(pixel[channel] - background[channel] - (share * (target - background[channel]))) > tolerance)
            {
                return false;
            }
        }

        return true;
    }

    private bool[] FloodFromBackground(bool[] smooth)
    {
        var paths = Erode(smooth);
        var reached = new bool[_labels.Length];
        for (var index = 0; index < reached.Length; index++)
        {
            reached[index] = _labels[index] == TrimapLabel.Background;
        }

        var stack = new Stack<int>();
        for (var index = 0; index < reached.Length; index++)
        {
            if (_labels[index] == TrimapLabel.Background)
            {
                FloodFrom(index, paths, reached, stack);
            }
        }

        while (stack.TryPop(out var index))
        {
            FloodFrom(index, paths, reached, stack);
        }

        return Dilate(reached, smooth);
    }

    private void FloodFrom(int index, bool[] paths, bool[] reached, Stack<int> stack)
    {
        foreach (var offset in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            var neighbour = index + offset;
            if ((uint)neighbour < (uint)reached.Length && !reached[neighbour] && paths[neighbour])
            {
                reached[neighbour] = true;
                stack.Push(neighbour);
            }
        }
    }

    private bool[] Erode(bool[] smooth)
    {
        var eroded = new bool[smooth.Length];
        for (var y = MorphologyRadius; y < context.Pixels.Height - MorphologyRadius; y++)
        {
            for (var x = MorphologyRadius; x < _width - MorphologyRadius; x++)
            {
                var index = (y * _width) + x;
                eroded[index] = smooth[index] && AllInWindow(smooth, index);
            }
        }

        return eroded;
    }

    private bool AllInWindow(bool[] marks, int index)
    {
        for (var dy = -MorphologyRadius; dy <= MorphologyRadius; dy++)
        {
            if (marks.AsSpan(index + (dy * _width) - MorphologyRadius, (2 * MorphologyRadius) + 1).Contains(false))
            {
                return false;
            }
        }

        return true;
    }

    private bool[] Dilate(bool[] reached, bool[] smooth)
    {
        var dilated = (bool[])reached.Clone();
        for (var y = MorphologyRadius; y < context.Pixels.Height - MorphologyRadius; y++)
        {
            for (var x = MorphologyRadius; x < _width - MorphologyRadius; x++)
            {
                var index = (y * _width) + x;
                dilated[index] |= smooth[index] && AnyInWindow(reached, index);
            }
        }

        return dilated;
    }

    private bool AnyInWindow(bool[] marks, int index)
    {
        for (var dy = -MorphologyRadius; dy <= MorphologyRadius; dy++)
        {
            if (marks.AsSpan(index + (dy * _width) - MorphologyRadius, (2 * MorphologyRadius) + 1).Contains(true))
            {
                return true;
            }
        }

        return false;
    }

    private void SolveTranslucent() => ParallelRows.ForEach(context.Pixels, context.Background, (y, background) =>
    {
        var row = context.Pixels.GetRow(y);
        for (var x = 0; x < _width; x++)
        {
            if (_labels[(y * _width) + x] == TrimapLabel.Translucent)
            {
                SolveTranslucent((y * _width) + x, row.Slice(x * 4, 3), background.Slice(x * 3, 3));
            }
        }
    });

    private void SolveTranslucent(int index, ReadOnlySpan<byte> pixel, ReadOnlySpan<float> background)
    {
        var alpha = 0f;
        for (var channel = 0; channel < 3; channel++)
        {
            var change = pixel[channel] - background[channel];
            alpha = Math.Max(alpha, change < 0 ? -change / Math.Max(1, background[channel]) : change / Math.Max(1, 255 - background[channel]));
        }

        alpha = Math.Clamp(alpha, 1 / 255f, 1);
        context.SetPixel(
            index,
            ((pixel[0] - background[0]) / alpha) + background[0],
            ((pixel[1] - background[1]) / alpha) + background[1],
            ((pixel[2] - background[2]) / alpha) + background[2],
            alpha);
    }
}
