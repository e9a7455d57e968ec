using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Inspection;

/// <summary>How much of a picture is not backdrop, how clearly, and where it touches the edges.</summary>
internal sealed class ForegroundStatistics
{
    private readonly long[] _counts = new long[256];
    private readonly int _threshold;
    private readonly bool[][] _edges;

    private ForegroundStatistics(RgbaBuffer pixels, int least)
    {
        _threshold = least;
        _edges = [new bool[pixels.Height], new bool[pixels.Width], new bool[pixels.Height], new bool[pixels.Width]];
    }

    internal static ForegroundStatistics FromColourDifference(RgbaBuffer pixels, BackgroundModel backdrop)
    {
        var survey = new ForegroundStatistics(pixels, (int)Math.Ceiling(Math.Max(8, 4.5 * backdrop.Noise)));
        var colours = new float[pixels.Width * 3];
        for (var y = 0; y < pixels.Height; y++)
        {
            backdrop.ColourField.EvaluateRow(y, colours);
            survey.AddRow(pixels, y, colours);
        }

        return survey;
    }

    internal static ForegroundStatistics FromAlpha(RgbaBuffer pixels)
    {
        var survey = new ForegroundStatistics(pixels, 8);
        for (var i = 0; i < pixels.PixelCount; i++)
        {
            survey.AddPixel(pixels, i % pixels.Width, i / pixels.Width, pixels.Rgba[(i * 4) + 3]);
        }

        return survey;
    }

    /// <summary>Share of pixels that differ.</summary>
    internal double Share => (double)ForegroundCount / _counts.Sum();

    /// <summary>By how much the typical one differs, in levels.</summary>
    internal int Median => ForegroundCount == 0 ? 0 : Percentile(0.5);

    internal int NinetiethPercentile => ForegroundCount == 0 ? 0 : Percentile(0.9);

    /// <summary>The most that any pixel differs.</summary>
    internal int Most => Array.FindLastIndex(_counts, count => count > 0);

    internal ImageEdges TouchedEdges
    {
        get
        {
            var contact = ImageEdges.None;
            for (var edge = 0; edge < _edges.Length; edge++)
            {
                contact |= LongestRun(_edges[edge]) >= Math.Max(3, _edges[edge].Length / 200) ? (ImageEdges)(1 << edge) : ImageEdges.None;
            }

            return contact;
        }
    }

    private long ForegroundCount => _counts.AsSpan(_threshold).ToArray().Sum();

    private void AddRow(RgbaBuffer pixels, int y, ReadOnlySpan<float> colours)
    {
        var row = pixels.GetRow(y);
        for (var x = 0; x < pixels.Width; x++)
        {
            var red = Math.Abs(row[x * 4] - colours[x * 3]);
            var green = Math.Abs(row[(x * 4) + 1] - colours[(x * 3) + 1]);
            var blue = Math.Abs(row[(x * 4) + 2] - colours[(x * 3) + 2]);
            AddPixel(pixels, x, y, (int)(Math.Max(red, Math.Max(green, blue)) + 0.5f));
        }
    }

    private void AddPixel(RgbaBuffer pixels, int x, int y, int difference)
    {
        _counts[difference]++;
        if (difference >= _threshold)
        {
            MarkEdge(x == 0, 0, y);
            MarkEdge(y == 0, 1, x);
            MarkEdge(x == pixels.Width - 1, 2, y);
            MarkEdge(y == pixels.Height - 1, 3, x);
        }
    }

    private void MarkEdge(bool touches, int edge, int position)
    {
        if (touches)
        {
            _edges[edge][position] = true;
        }
    }

    private int Percentile(double share)
    {
        var left = (long)(ForegroundCount * share);
        var level = _threshold;
        while (level < 255 && (left -= _counts[level]) >= 0)
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
