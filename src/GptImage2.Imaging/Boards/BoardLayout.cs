namespace GptImage2.Imaging.Boards;

/// <summary>Where everything on a board is, in pixels.</summary>
internal sealed record BoardLayout(BoardGrid Grid, Dimensions Size, IReadOnlyList<BoardTile> Tiles)
{
    /// <summary>In font sizes, of the bundled font; a number is a little higher than a line.</summary>
    private const double LineHeight = 1.3;

    /// <summary>From the top of a tile to the number and the caption.</summary>
    internal int CaptionTop => Grid.Cell.Height + (Grid.TextSize / 2);

    /// <param name="captionLines">Of each image; a row gets what its longest caption needs, so that all gutters are even.</param>
    internal static BoardLayout Arrange(BoardGrid grid, IReadOnlyList<int> captionLines, int titleLines) => Stack(
        grid,
        titleLines,
        captionLines.Chunk(grid.Columns).Select(row =>
            new BoardRow(row.Length, grid.Cell.Height + (grid.TextSize / 2) + CalculateHeight(Math.Max(1, row.Max()), grid.TextSize))));

    /// <param name="heights">Of the texts of each image; a row gets what its highest need.</param>
    internal static BoardLayout ArrangeStoryboard(BoardGrid grid, IReadOnlyList<StripHeights> heights, int titleLines) => Stack(
        grid,
        titleLines,
        heights.Chunk(grid.Columns).Select(row => new BoardRow(row.Length, BoardStrips.Arrange(grid, row))));

    /// <summary>The size at which a whole image fills a cell in one direction at least.</summary>
    internal static Dimensions Fit(Dimensions image, Dimensions cell)
    {
        var scale = Math.Min((double)cell.Width / image.Width, (double)cell.Height / image.Height);
        return new Dimensions(FitEdge(image.Width * scale, cell.Width), FitEdge(image.Height * scale, cell.Height));
    }

    /// <summary>Of lines of text, the space between them included.</summary>
    internal static int CalculateHeight(int lines, int textSize) => (int)Math.Ceiling(lines * textSize * LineHeight);

    private static BoardLayout Stack(BoardGrid grid, int titleLines, IEnumerable<BoardRow> rows)
    {
        var (cell, gutter) = (grid.Cell, grid.Gutter);
        var top = gutter + (titleLines is 0 ? 0 : CalculateHeight(titleLines, grid.TitleSize) + (gutter / 2));
        var tiles = new List<BoardTile>();
        foreach (var row in rows)
        {
            tiles.AddRange(Enumerable.Range(0, row.Count).Select(column =>
                new BoardTile(new PixelArea(gutter + (column * (cell.Width + gutter)), top, cell), row.Height, row.Strips)));
            top += row.Height + gutter;
        }

        return new BoardLayout(grid, new Dimensions(gutter + (grid.Columns * (cell.Width + gutter)), top), tiles);
    }

    /// <summary>A gap of one pixel is only a rounded ratio.</summary>
    private static int FitEdge(double edge, int most) => edge > most - 1.5 ? most : Math.Max(1, (int)Math.Round(edge));

    private sealed record BoardRow(int Count, int Height, BoardStrips? Strips = null)
    {
        internal BoardRow(int count, BoardStrips strips)
            : this(count, strips.Bottom, strips)
        {
        }
    }
}

/// <summary>An image, its number and its texts.</summary>
/// <param name="Cell">Where the image is; all cells have one size.</param>
/// <param name="Height">From the top of the cell to the end of the last text.</param>
/// <param name="Strips">Null but on a storyboard.</param>
internal sealed record BoardTile(PixelArea Cell, int Height, BoardStrips? Strips);
