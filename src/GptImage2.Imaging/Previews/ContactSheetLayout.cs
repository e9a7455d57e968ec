namespace GptImage2.Imaging.Previews;

/// <summary>
/// Frames of one height in centred rows, in as many rows as make them largest: pictures of one shape form a grid,
/// pictures of different shapes waste little, and none looks more important than another.
/// </summary>
internal sealed record ContactSheetLayout(Dimensions Sheet, int Gap, IReadOnlyList<PixelArea> Frames)
{
    /// <summary>Room for a number, however small the picture.</summary>
    internal const int MinTileEdge = 64;

    private const int MinSheetEdge = 256;

    internal static ContactSheetLayout Calculate(IReadOnlyList<Dimensions> sizes, int maxEdge)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEdge, MinSheetEdge);
        var gap = Math.Max(6, maxEdge / 98);
        double[] shapes = [.. sizes.Select(size => Math.Clamp((double)size.Width / size.Height, 0.4, 4))];
        var (rows, height) = Enumerable.Range(1, sizes.Count)
            .Select(count => BreakIntoRows(shapes, count))
            .Select(rows => (rows, height: MaxRowHeight(rows, shapes, gap, maxEdge)))
            .MaxBy(choice => choice.height);
        var natural = sizes.Zip(shapes, (size, shape) => Math.Max(size.Height, size.Width / shape)).Max();
        var tall = (int)Math.Min(height, Math.Max(natural, MinTileEdge));
        int[] widths = [.. sizes.Zip(shapes, (size, shape) => Math.Max(Math.Min((int)(shape * tall), size.Width), Math.Min(MinTileEdge, (int)(shape * tall))))];
        return PositionFrames(rows, widths, tall, gap);
    }

    private static ContactSheetLayout PositionFrames(List<Range> rows, int[] widths, int height, int gap)
    {
        var width = rows.Max(row => Wide(row));
        var frames = new List<PixelArea>();
        foreach (var row in rows)
        {
            var x = gap + ((width - Wide(row)) / 2);
            var y = gap + ((height + gap) * rows.IndexOf(row));
            foreach (var frame in widths[row])
            {
                frames.Add(new PixelArea(x, y, new Dimensions(frame, height)));
                x += frame + gap;
            }
        }

        return new ContactSheetLayout(new Dimensions(width + (2 * gap), gap + ((height + gap) * rows.Count)), gap, frames);

        int Wide(Range row) => widths[row].Sum() + (gap * (widths[row].Length - 1));
    }

    /// <summary>The greatest height with which all rows stay within the edge, both ways.</summary>
    private static double MaxRowHeight(List<Range> rows, double[] shapes, int gap, int maxEdge)
    {
        var narrowest = rows.Min(row => (maxEdge - (gap * (shapes[row].Length + 1.0))) / shapes[row].Sum());
        return Math.Min(narrowest, (maxEdge - (gap * (rows.Count + 1.0))) / rows.Count);
    }

    /// <summary>Breaks the pictures, in their order, into at most so many rows, the widest as narrow as possible.</summary>
    private static List<Range> BreakIntoRows(double[] shapes, int count)
    {
        var limits = Enumerable.Range(0, shapes.Length).SelectMany(from =>
            Enumerable.Range(from + 1, shapes.Length - from).Select(to => shapes[from..to].Sum()));
        return limits.Order().Select(limit => FillRows(shapes, limit)).First(rows => rows.Count <= count);
    }

    /// <summary>Fills row after row up to a width; one that is wider by itself gets its own row.</summary>
    private static List<Range> FillRows(double[] shapes, double limit)
    {
        var rows = new List<Range>();
        var from = 0;
        for (var i = 1; i <= shapes.Length; i++)
        {
            if (i == shapes.Length || shapes[from..(i + 1)].Sum() > limit + 1e-9)
            {
                rows.Add(from..i);
                from = i;
            }
        }

        return rows;
    }
}
