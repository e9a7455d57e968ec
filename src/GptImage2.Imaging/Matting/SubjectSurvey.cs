namespace GptImage2.Imaging.Matting;

/// <summary>How much of a picture is not backdrop, how clearly, and where it touches the edges.</summary>
internal sealed class SubjectSurvey
{
    private readonly long[] _counts = new long[256];
    private readonly int _least;
    private readonly bool[][] _edges;

    private SubjectSurvey(PixelGrid pixels, int least)
    {
        _least = least;
        _edges = [new bool[pixels.Height], new bool[pixels.Width], new bool[pixels.Height], new bool[pixels.Width]];
    }

    internal static SubjectSurvey ByColour(PixelGrid pixels, Backdrop backdrop)
    {
        var survey = new SubjectSurvey(pixels, (int)Math.Ceiling(Math.Max(8, 4.5 * backdrop.Noise)));
        var colours = new float[pixels.Width * 3];
        for (var y = 0; y < pixels.Height; y++)
        {
            backdrop.Surface.Row(y, colours);
            survey.Row(pixels, y, colours);
        }

        return survey;
    }

    internal static SubjectSurvey ByAlpha(PixelGrid pixels)
    {
        var survey = new SubjectSurvey(pixels, 8);
        for (var i = 0; i < pixels.Count; i++)
        {
            survey.Count(pixels, i % pixels.Width, i / pixels.Width, pixels.Rgba[(i * 4) + 3]);
        }

        return survey;
    }

    /// <summary>Share of pixels that differ.</summary>
    internal double Share => (double)Above / _counts.Sum();

    /// <summary>By how much the typical one differs, in levels.</summary>
    internal int Median => Above == 0 ? 0 : Percentile(0.5);

    internal int Peak => Above == 0 ? 0 : Percentile(0.9);

    /// <summary>The most that any pixel differs.</summary>
    internal int Most => Array.FindLastIndex(_counts, count => count > 0);

    internal PictureEdges Contact
    {
        get
        {
            var contact = PictureEdges.None;
            for (var edge = 0; edge < _edges.Length; edge++)
            {
                contact |= LongestRun(_edges[edge]) >= Math.Max(3, _edges[edge].Length / 200) ? (PictureEdges)(1 << edge) : PictureEdges.None;
            }

            return contact;
        }
    }

    private long Above => _counts.AsSpan(_least).ToArray().Sum();

    private void Row(PixelGrid pixels, int y, ReadOnlySpan<float> colours)
    {
        var row = pixels.Row(y);
        for (var x = 0; x < pixels.Width; x++)
        {
            var red = Math.Abs(row[x * 4] - colours[x * 3]);
            var green = Math.Abs(row[(x * 4) + 1] - colours[(x * 3) + 1]);
            var blue = Math.Abs(row[(x * 4) + 2] - colours[(x * 3) + 2]);
            Count(pixels, x, y, (int)(Math.Max(red, Math.Max(green, blue)) + 0.5f));
        }
    }

    private void Count(PixelGrid pixels, int x, int y, int difference)
    {
        _counts[difference]++;
        if (difference >= _least)
        {
            Mark(x == 0, 0, y);
            Mark(y == 0, 1, x);
            Mark(x == pixels.Width - 1, 2, y);
            Mark(y == pixels.Height - 1, 3, x);
        }
    }

    private void Mark(bool touches, int edge, int position)
    {
        if (touches)
        {
            _edges[edge][position] = true;
        }
    }

    private int Percentile(double share)
    {
        var left = (long)(Above * share);
        var level = _least;
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
