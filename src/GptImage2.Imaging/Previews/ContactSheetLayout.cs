namespace GptImage2.Imaging.Previews;

/// <summary>
/// Justified rows of frames of equal height, in the number of rows that makes them largest: images of one aspect ratio form a grid,
/// images of different ratios waste little space, and none looks more important than another.
/// </summary>
internal sealed record ContactSheetLayout(Dimensions Sheet, int Gap, IReadOnlyList<PixelArea> Frames)
{
    /// <summary>Room for the number badge, however small the image.</summary>
    internal const int MinTileEdge = 64;

    internal static ContactSheetLayout Calculate(IReadOnlyList<Dimensions> sizes, int maxEdge)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEdge, ContactSheet.MinEdge);
        var gap = Math.Max(6, maxEdge / 98);
        double[] ratios = [.. sizes.Select(size => Math.Clamp((double)size.Width / size.Height, 0.4, 4))];
        var (rows, height) = Enumerable.Range(1, sizes.Count)
            .Select(count => BreakIntoRows(ratios, count))
            .Select(rows => (rows, height: MaxRowHeight(rows, ratios, gap, maxEdge)))
            .MaxBy(choice => choice.height);
        var natural = sizes.Zip(ratios, (size, ratio) => Math.Max(size.Height, size.Width / ratio)).Max();
        var rowHeight = (int)Math.Min(height, Math.Max(natural, MinTileEdge));
        int[] widths = [.. sizes.Zip(ratios, (size, ratio) => Math.Max(Math.Min((int)(ratio * rowHeight), size.Width), Math.Min(MinTileEdge, (int)(ratio * rowHeight))))];
        return PositionFrames(rows, widths, rowHeight, gap);
    }

    private static ContactSheetLayout PositionFrames(List<Range> rows, int[] widths, int height, int gap)
    {
        var width = rows.Max(row => RowWidth(row));
        var frames = new List<PixelArea>();
        foreach (var row in rows)
        {
            var x = gap + ((width - RowWidth(row)) / 2);
            var y = gap + ((height + gap) * rows.IndexOf(row));
            foreach (var frameWidth in widths[row])
            {
                frames.Add(new PixelArea(x, y, new Dimensions(frameWidth, height)));
                x += frameWidth + gap;
            }
        }

        return new ContactSheetLayout(new Dimensions(width + (2 * gap), gap + ((height + gap) * rows.Count)), gap, frames);

        int RowWidth(Range row) => widths[row].Sum() + (gap * (widths[row].Length - 1));
    }

    /// <summary>The largest row height with which the sheet stays within the edge in both directions, and within the area of a preview.</summary>
    private static double MaxRowHeight(List<Range> rows, double[] ratios, int gap, int maxEdge)
    {
        var gaps = gap * (rows.Count + 1.0);
        return rows.Min(row =>
        {
            var (rowGaps, width) = (gap * (ratios[row].Length + 1.0), ratios[row].Sum());
            return Math.Min(Math.Min((maxEdge - rowGaps) / width, (maxEdge - gaps) / rows.Count), SolveArea(rowGaps, width, gaps, rows.Count));
        });
    }

    /// <summary>The height at which (gaps + height × width) × (other gaps + height × rows) is the largest area of a preview.</summary>
    private static double SolveArea(double rowGaps, double width, double gaps, int rows)
    {
        var (a, b, c) = (width * rows, (rowGaps * rows) + (gaps * width), (rowGaps * gaps) - PreviewOptions.MaxPixels);
        return (Math.Sqrt((b * b) - (4 * a * c)) - b) / (2 * a);
    }

    /// <summary>Breaks the images, in order, into at most this many rows so that the widest is as narrow as possible (linear partition).</summary>
    private static List<Range> BreakIntoRows(double[] ratios, int count)
    {
        var limits = Enumerable.Range(0, ratios.Length).SelectMany(from =>
            Enumerable.Range(from + 1, ratios.Length - from).Select(to => ratios[from..to].Sum()));
        return limits.Order().Select(limit => FillRows(ratios, limit)).First(rows => rows.Count <= count);
    }

    /// <summary>Greedily fills rows up to a width; an image that is wider on its own gets its own row.</summary>
    private static List<Range> FillRows(double[] ratios, double limit)
    {
        var rows = new List<Range>();
        var (from, width) = (0, ratios[0]);
        for (var i = 1; i <= ratios.Length; i++)
        {
            if (i == ratios.Length || (width += ratios[i]) > limit + 1e-9)
            {
                rows.Add(from..i);
                (from, width) = (i, i < ratios.Length ? ratios[i] : 0);
            }
        }

        return rows;
    }
}
