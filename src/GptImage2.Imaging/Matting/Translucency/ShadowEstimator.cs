using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Translucency;

/// <summary>
/// Second step on a grey backdrop, where colour does not tell what shows through: shadows and glows. They are what is connected with the
/// backdrop through small smooth steps and only darkens or lightens it; a subject's edge is a large step, so what lies behind it is
/// solid. They get the smallest alpha that explains them, that is as black or as bright as can be.
/// </summary>
internal sealed class ShadowEstimator(MattingContext matte)
{
    /// <summary>Levels a pixel; a hard edge of a pale subject has twice this, a shadow that fades over twenty pixels half.</summary>
    private const int MaxSlope = 6;

    /// <summary>A path into a shadow is this wide on both sides, so that a faint spot of a subject's edge lets nothing in.</summary>
    private const int MorphologyRadius = 1;

    /// <summary>A shadow may be a little bluer or warmer than the backdrop, the more the deeper it is: in levels, and per level.</summary>
    private const float MaxTint = 10;
    private const float MinTint = 3;
    private const float TintPerLevel = 0.2f;
    private readonly int _width = matte.Pixels.Width;
    private readonly TrimapLabel[] _labels = matte.Labels;

    internal void Estimate()
    {
        var smooth = FindSmoothPixels();
        var reached = FloodFromBackground(smooth);
        for (var place = 0; place < reached.Length; place++)
        {
            if (reached[place] && _labels[place] == TrimapLabel.Unknown)
            {
                _labels[place] = TrimapLabel.Translucent;
            }
        }

        new ShadowVerifier(matte).RejectFalseShadows();
        for (var pass = 0; pass < MorphologyRadius + 1; pass++)
        {
            GrowTowardsEdges();
        }

        SolveTranslucent();
    }

    /// <summary>Averages beside a subject's edge hold some of the subject; so the last pixels before it are judged one by one.</summary>
    private void GrowTowardsEdges()
    {
        var reached = new bool[_labels.Length];
        var noise = (float)matte.Thresholds.Noise;
        ParallelRows.ForEach(matte.Pixels, matte.Background, (y, behind) =>
        {
            for (var x = 0; x < _width; x++)
            {
                var place = (y * _width) + x;
                reached[place] = _labels[place] == TrimapLabel.Unknown && IsNextToTranslucent(place, 2 * MaxSlope)
                    && IsShadowOrGlow(matte.Pixels.Rgba.AsSpan(place * 4, 3), behind.Slice(x * 3, 3), noise);
            }
        });

        for (var place = 0; place < reached.Length; place++)
        {
            _labels[place] = reached[place] ? TrimapLabel.Translucent : _labels[place];
        }
    }

    private bool IsNextToTranslucent(int place, int most)
    {
        foreach (var offset in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            var other = place + offset;
            if ((uint)other < (uint)_labels.Length && _labels[other] == TrimapLabel.Translucent
                && ChebyshevDistance(matte.Pixels.Rgba.AsSpan(place * 4, 3), matte.Pixels.Rgba.AsSpan(other * 4, 3)) <= most)
            {
                return true;
            }
        }

        return false;
    }

    private bool[] FindSmoothPixels()
    {
        var smooth = new bool[_labels.Length];
        var averages = new BoxBlur(matte.Pixels, matte.Thresholds.BlurRadius);
        var noise = (float)(matte.Thresholds.IsNoisy ? 1 + (0.7 * matte.Thresholds.Noise) : 0);
        ParallelRows.ForEach(matte.Pixels, matte.Background, (y, behind) =>
        {
            var row = averages.GetRow(y);
            var above = averages.GetRow(Math.Max(0, y - 1));
            var below = averages.GetRow(Math.Min(matte.Pixels.Height - 1, y + 1));
            for (var x = 0; x < _width; x++)
            {
                var left = row.Slice(Math.Max(0, x - 1) * 3, 3);
                var right = row.Slice(Math.Min(_width - 1, x + 1) * 3, 3);
                smooth[(y * _width) + x] = ChebyshevDistance(left, right) <= 2 * MaxSlope && ChebyshevDistance(above.Slice(x * 3, 3), below.Slice(x * 3, 3)) <= 2 * MaxSlope
                    && IsShadowOrGlow(row.Slice(x * 3, 3), behind.Slice(x * 3, 3), noise);
            }
        });
        return smooth;
    }

    private static int ChebyshevDistance(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) =>
        Math.Max(Math.Abs(before[0] - after[0]), Math.Max(Math.Abs(before[1] - after[1]), Math.Abs(before[2] - after[2])));

    /// <summary>All channels go the same part of the way to black, or to white.</summary>
    private static bool IsShadowOrGlow(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind, float noise)
    {
        var grey = pixel[0] + pixel[1] + pixel[2];
        var behindGrey = behind[0] + behind[1] + behind[2];
        var target = grey > behindGrey ? 255f : 0f;
        var part = Math.Abs(behindGrey - (3 * target)) < 1 ? 0 : (grey - behindGrey) / ((3 * target) - behindGrey);
        var tint = noise + Math.Min(MaxTint, MinTint + (TintPerLevel * Math.Abs(grey - behindGrey) / 3));
        for (var channel = 0; channel < 3; channel++)
        {
            if (Math.Abs(pixel[channel] - behind[channel] - (part * (target - behind[channel]))) > tint)
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
        for (var place = 0; place < reached.Length; place++)
        {
            reached[place] = _labels[place] == TrimapLabel.Background;
        }

        var edge = new Stack<int>();
        for (var place = 0; place < reached.Length; place++)
        {
            if (_labels[place] == TrimapLabel.Background)
            {
                FloodFrom(place, paths, reached, edge);
            }
        }

        while (edge.TryPop(out var place))
        {
            FloodFrom(place, paths, reached, edge);
        }

        return Dilate(reached, smooth);
    }

    private void FloodFrom(int place, bool[] paths, bool[] reached, Stack<int> edge)
    {
        foreach (var offset in (ReadOnlySpan<int>)[-1, 1, -_width, _width])
        {
            var other = place + offset;
            if ((uint)other < (uint)reached.Length && !reached[other] && paths[other])
            {
                reached[other] = true;
                edge.Push(other);
            }
        }
    }

    private bool[] Erode(bool[] smooth)
    {
        var narrowed = new bool[smooth.Length];
        for (var y = MorphologyRadius; y < matte.Pixels.Height - MorphologyRadius; y++)
        {
            for (var x = MorphologyRadius; x < _width - MorphologyRadius; x++)
            {
                var place = (y * _width) + x;
                narrowed[place] = smooth[place] && AllInWindow(smooth, place);
            }
        }

        return narrowed;
    }

    private bool AllInWindow(bool[] marks, int place)
    {
        for (var dy = -MorphologyRadius; dy <= MorphologyRadius; dy++)
        {
            if (marks.AsSpan(place + (dy * _width) - MorphologyRadius, (2 * MorphologyRadius) + 1).Contains(false))
            {
                return false;
            }
        }

        return true;
    }

    private bool[] Dilate(bool[] reached, bool[] smooth)
    {
        var widened = (bool[])reached.Clone();
        for (var y = MorphologyRadius; y < matte.Pixels.Height - MorphologyRadius; y++)
        {
            for (var x = MorphologyRadius; x < _width - MorphologyRadius; x++)
            {
                var place = (y * _width) + x;
                widened[place] |= smooth[place] && AnyInWindow(reached, place);
            }
        }

        return widened;
    }

    private bool AnyInWindow(bool[] marks, int place)
    {
        for (var dy = -MorphologyRadius; dy <= MorphologyRadius; dy++)
        {
            if (marks.AsSpan(place + (dy * _width) - MorphologyRadius, (2 * MorphologyRadius) + 1).Contains(true))
            {
                return true;
            }
        }

        return false;
    }

    private void SolveTranslucent() => ParallelRows.ForEach(matte.Pixels, matte.Background, (y, behind) =>
    {
        var row = matte.Pixels.GetRow(y);
        for (var x = 0; x < _width; x++)
        {
            if (_labels[(y * _width) + x] == TrimapLabel.Translucent)
            {
                SolveTranslucent((y * _width) + x, row.Slice(x * 4, 3), behind.Slice(x * 3, 3));
            }
        }
    });

    private void SolveTranslucent(int place, ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind)
    {
        var alpha = 0f;
        for (var channel = 0; channel < 3; channel++)
        {
            var change = pixel[channel] - behind[channel];
            alpha = Math.Max(alpha, change < 0 ? -change / Math.Max(1, behind[channel]) : change / Math.Max(1, 255 - behind[channel]));
        }

        alpha = Math.Clamp(alpha, 1 / 255f, 1);
        matte.SetPixel(
            place,
            ((pixel[0] - behind[0]) / alpha) + behind[0],
            ((pixel[1] - behind[1]) / alpha) + behind[1],
            ((pixel[2] - behind[2]) / alpha) + behind[2],
            alpha);
    }
}
