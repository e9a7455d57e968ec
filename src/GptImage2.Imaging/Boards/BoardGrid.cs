namespace GptImage2.Imaging.Boards;

/// <summary>How many cells a board has, and how large they are. Every other length follows from that.</summary>
/// <param name="Cell">Of each image, all alike.</param>
/// <param name="TextSize">Font size of captions in pixels.</param>
internal sealed record BoardGrid(int Columns, int Rows, Dimensions Cell, int TextSize)
{
    internal const int MaxCaptionLines = 3;

    internal const int MaxShotLines = 2;

    internal const int MaxDialogueLines = 3;

    /// <summary>A page of one panel has room for all that is said.</summary>
    private const int MoreLinesAlone = 4;

    internal const int MaxTitleLines = 2;

    private const int MaxCellEdge = 1024;

    /// <summary>Room for a number and a few words, however small the images.</summary>
    private const int MinCellEdge = 256;

    /// <summary>A storyboard gets more columns than were asked for, rather than narrower cells or pictures that are smaller than their texts.</summary>
    private const int MinStoryboardEdge = 128;

    private const int MaxBoardEdge = 3840;

    internal const int MinTextSize = 14;

    /// <summary>A board seldom shows larger than a screen, so the text of a large one is larger.</summary>
    private const int TextSizesPerBoard = 110;

    /// <summary>Images whose aspect ratios differ by less look the same.</summary>
    private const double RatioTolerance = 0.02;

    /// <summary>A cell of a more extreme ratio has no room for a caption, or is a line.</summary>
    private const double MaxRatio = 4;

    internal int TitleSize => (int)(TextSize * 1.8);

    /// <summary>Between the edge of a strip and its text.</summary>
    internal int TextPadding => TextSize / 2;

    /// <summary>Font size of numbers.</summary>
    internal int BadgeSize => Math.Max(8, TextSize * 3 / 4);

    /// <summary>Between cells, and around all of them.</summary>
    internal int Gutter => Math.Max(TextSize, Math.Max(Cell.Width, Cell.Height) / 20);

    /// <summary>Most lines of a text.</summary>
    /// <param name="usual">On a board of several images.</param>
    internal static int CountLines(BoardContent content, int usual) => content.IsStoryboard && content.Sizes.Count is 1 ? usual * MoreLinesAlone : usual;

    /// <summary>The largest cells with which the board stays within its limit, whatever its captions need.</summary>
    internal static BoardGrid Choose(BoardContent content)
    {
        var (count, ratio) = (content.Sizes.Count, ChooseRatio(content.Sizes));
        var columns = Math.Min(content.Columns ?? ChooseColumns(count, ratio), count);
        if (!content.IsStoryboard)
        {
            return FindLargest(content, columns, ratio, MinCellEdge).First();
        }

        // A strip needs room for words, so it is the width that must not become too small.
        var narrowing = Math.Min(1, ratio);
        return Enumerable.Range(columns, count - columns + 1)
            .SelectMany(candidate => FindLargest(content, candidate, ratio, (int)(MinCellEdge / narrowing)).Take(1))
            .First(grid => grid.Columns == count || grid.Cell.Width >= MinStoryboardEdge);
    }

    /// <summary>Those with which the board stays within its limit, from the largest on.</summary>
    /// <param name="atLeast">The longer edge of the cells of small images, where there is room.</param>
    private static IEnumerable<BoardGrid> FindLargest(BoardContent content, int columns, double ratio, int atLeast)
    {
        var rows = (content.Sizes.Count + columns - 1) / columns;
        var largest = Math.Clamp(content.Sizes.Max(size => Math.Max(size.Width, size.Height)), atLeast, MaxCellEdge);
        return Enumerable.Range(1, largest).Reverse()
            .Select(edge => Create(columns, rows, CreateCell(edge, ratio)))
            .Where(grid => grid.FitsWith(content));
    }

    /// <summary>The ratio that most images have; the first of them where several are as common.</summary>
    private static double ChooseRatio(IReadOnlyList<Dimensions> sizes)
    {
        double[] ratios = [.. sizes.Select(size => (double)size.Width / size.Height)];
        return Math.Clamp(ratios.MaxBy(ratio => ratios.Count(other => Math.Abs((other / ratio) - 1) < RatioTolerance)), 1 / MaxRatio, MaxRatio);
    }

    /// <summary>
    /// Rows and columns about equal in number, and as few empty cells as possible: 2 for 4, 3 for 6, 4 for 8. Tall images get more columns,
    /// banners get more rows.
    /// </summary>
    private static int ChooseColumns(int count, double ratio)
    {
        var square = (int)Math.Ceiling(Math.Sqrt(count));
        var most = Math.Min(count, square + (ratio < 0.75 ? 2 : 1));
        var columns = Enumerable.Range(square, most - square + 1)
            .OrderBy(candidate => (candidate - (count % candidate)) % candidate)
            .ThenBy(candidate => ratio < 0.75 ? -candidate : candidate)
            .First();
        return ratio > 2.2 ? (count + columns - 1) / columns : columns;
    }

    private static Dimensions CreateCell(int edge, double ratio) => ratio >= 1
        ? new Dimensions(edge, Math.Max(1, (int)Math.Round(edge / ratio)))
        : new Dimensions(Math.Max(1, (int)Math.Round(edge * ratio)), edge);

    private static BoardGrid Create(int columns, int rows, Dimensions cell)
    {
        var forBoard = Math.Max(columns * cell.Width, rows * cell.Height) / TextSizesPerBoard;
        return new BoardGrid(columns, rows, cell, Math.Max(MinTextSize, Math.Min(Math.Max(cell.Width / 26, forBoard), cell.Width / 12)));
    }

    private bool FitsWith(BoardContent content)
    {
        var board = Arrange(content, content.HasCaptions ? MaxCaptionLines : 0, content.HasTitle ? MaxTitleLines : 0).Size;
        return Math.Max(board.Width, board.Height) <= MaxBoardEdge;
    }

    /// <summary>As if every text were as long as it may be.</summary>
    private BoardLayout Arrange(BoardContent content, int captionLines, int titleLines)
    {
        if (!content.IsStoryboard)
        {
            return BoardLayout.Arrange(this, [.. Enumerable.Repeat(captionLines, content.Sizes.Count)], titleLines);
        }

        var heights = new StripHeights(
            Reserve(content.HasShots ? CountLines(content, MaxShotLines) : 0), Reserve(CountLines(content, captionLines)), Reserve(content.HasDialogues ? CountLines(content, MaxDialogueLines) : 0));
        return BoardLayout.ArrangeStoryboard(this, [.. Enumerable.Repeat(heights, content.Sizes.Count)], titleLines);
    }

    /// <summary>Of lines with what a higher script may take beyond them.</summary>
    private int Reserve(int lines) => BoardLayout.CalculateHeight(lines, TextSize) + (lines is 0 ? 0 : TextSize * 2 / 3);
}
