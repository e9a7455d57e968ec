using System.Numerics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>How much of an image differs from its background, how clearly, and which edges that touches.</summary>
internal sealed class ForegroundStatistics
{
    private readonly long[] _counts = new long[256];
    private readonly int _threshold;
    private readonly bool[][] _edges;

    private ForegroundStatistics(RgbaBuffer pixels, int threshold)
    {
        _threshold = threshold;
        _edges = [new bool[pixels.Height], new bool[pixels.Width], new bool[pixels.Height], new bool[pixels.Width]];
    }

    internal static ForegroundStatistics FromColourDifference(RgbaBuffer pixels, BackgroundModel background)
    {
        var statistics = new ForegroundStatistics(pixels, (int)Math.Ceiling(Math.Max(8, 4.5 * background.Noise)));
        var colours = new Vector3[pixels.Width];
        for (var y = 0; y < pixels.Height; y++)
        {
            background.ColourField.EvaluateRow(y, colours);
            for (var x = 0; x < pixels.Width; x++)
            {
                statistics.AddPixel(pixels, x, y, (int)(pixels.ColourAt((y * pixels.Width) + x).MaxDifference(colours[x]) + 0.5f));
            }
        }

        return statistics;
    }

    internal static ForegroundStatistics FromAlpha(RgbaBuffer pixels)
    {
        var statistics = new ForegroundStatistics(pixels, 8);
        for (var i = 0; i < pixels.PixelCount; i++)
        {
            statistics.AddPixel(pixels, i % pixels.Width, i / pixels.Width, pixels.Rgba[(i * 4) + 3]);
        }

        return statistics;
    }

    /// <summary>Share of pixels that differ, 0 to 1.</summary>
    internal double Share => (double)ForegroundCount / _counts.Sum();

    /// <summary>Median difference in levels of the pixels that differ.</summary>
    internal int Median => ForegroundCount == 0 ? 0 : Percentile(0.5);

    internal int NinetiethPercentile => ForegroundCount == 0 ? 0 : Percentile(0.9);

    internal ImageEdges TouchedEdges
    {
        get
        {
            var edges = ImageEdges.None;
            for (var edge = 0; edge < _edges.Length; edge++)
            {
                edges |= LongestRun(_edges[edge]) >= ShortestContact(_edges[edge].Length) ? (ImageEdges)(1 << edge) : ImageEdges.None;
            }

            return edges;
        }
    }

    /// <summary>Pixels side by side from which on an edge of some length is touched.</summary>
    internal static int ShortestContact(int length) => Math.Max(3, length / 200);

    private long ForegroundCount => _counts.Skip(_threshold).Sum();

    private void AddPixel(RgbaBuffer pixels, int x, int y, int difference)
    {
        _counts[difference]++;
        if (difference >= _threshold)
        {
            _edges[0][y] |= x == 0;
            _edges[1][x] |= y == 0;
            _edges[2][y] |= x == pixels.Width - 1;
            _edges[3][x] |= y == pixels.Height - 1;
        }
    }

    private int Percentile(double share)
    {
        var remaining = (long)(ForegroundCount * share);
        var level = _threshold;
        while (level < 255 && (remaining -= _counts[level]) >= 0)
        {
            level++;
        }

        return level;
    }

    private static int LongestRun(bool[] marks)
    {
        var (longest, run) = (0, 0);
        foreach (var mark in marks)
        {
            run = mark ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
