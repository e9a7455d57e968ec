namespace GptImage2.Imaging;

/// <summary>A grid of equal cells, in as many columns as make them largest.</summary>
internal sealed record SheetLayout(int Columns, int Gap, Dimensions Cell)
{
    private const int LeastEdge = 96;

    internal static SheetLayout For(IReadOnlyList<Dimensions> sizes, int maxEdge)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEdge, 256);
        var gap = Math.Max(6, maxEdge / 98);
        var aspect = Math.Clamp(Math.Exp(sizes.Average(size => Math.Log((double)size.Width / size.Height))), 0.4, 2.5);
        var (columns, width) = Enumerable.Range(1, sizes.Count)
            .Select(columns => (columns, width: Width(columns, sizes.Count, gap, aspect, maxEdge)))
            .MaxBy(grid => grid.width);
        width = Math.Min(width, Math.Max(Needed(sizes, aspect), LeastEdge * Math.Max(1, aspect)));
        return new SheetLayout(columns, gap, new Dimensions((int)width, Math.Max(1, (int)(width / aspect))));
    }

    /// <summary>The widest cell with which a grid of so many columns stays within the edge.</summary>
    private static double Width(int columns, int count, int gap, double aspect, int maxEdge)
    {
        var rows = (count + columns - 1) / columns;
        var wide = (maxEdge - (gap * (columns + 1.0))) / columns;
        var high = (maxEdge - (gap * (rows + 1.0))) / rows;
        return Math.Min(wide, high * aspect);
    }

    /// <summary>Wider than this no picture would fill its cell, as none is enlarged.</summary>
    private static double Needed(IReadOnlyList<Dimensions> sizes, double aspect) =>
        sizes.Max(size => Math.Max(size.Width, size.Height * aspect));
}
