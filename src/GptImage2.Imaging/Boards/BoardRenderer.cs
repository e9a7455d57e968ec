using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Imaging.Boards;

/// <summary>
/// Images on one board: cells of one size, numbered, with captions; on a storyboard with shots and dialogues too. Each image is shown whole. Images are added one at a time, and memory
/// grows with the board, never with their own sizes.
/// </summary>
public sealed class BoardRenderer : IDisposable
{
    private const int CheckerSquare = 16;

    private readonly BoardContent _content;
    private readonly TileTexts _texts;
    private readonly BoardText _title;
    private Image _board;

    /// <param name="content">One to <see cref="BoardContent.MaxImages"/> images.</param>
    public BoardRenderer(BoardContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentOutOfRangeException.ThrowIfZero(content.Sizes.Count, nameof(content));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Sizes.Count, BoardContent.MaxImages, nameof(content));
        var grid = BoardGrid.Choose(content);
        (_content, _texts, _title) = (content, TileTexts.Create(content, grid), new BoardText(grid.TitleSize, BoardColours.Ink, bold: true));
        Layout = _texts.Arrange(_title.CountLines(content.Title, TitleWidth(grid), BoardGrid.MaxTitleLines));
        _board = CreatePaper(Layout.Size);
        if (content.HasTitle)
        {
            AddTitle(grid);
        }
    }

    /// <summary>Of the whole board.</summary>
    public Dimensions Size => Layout.Size;

    internal BoardLayout Layout { get; }

    /// <summary>How large the board will be, in pixels, before any image is read.</summary>
    public static Dimensions Measure(BoardContent content)
    {
        using var empty = new BoardRenderer(content);
        return empty.Size;
    }

    /// <summary>The images, from 0, below which a text is longer than there is room for, so that it ends in an ellipsis.</summary>
    public IReadOnlyList<int> FindCutTexts() => [.. Enumerable.Range(0, _content.Sizes.Count).Where(_texts.IsCut)];

    /// <summary>Puts an image into its cell. It is computed now, so that its original is released before the next is read.</summary>
    /// <param name="index">From 0, in reading order.</param>
    /// <exception cref="UnreadableImageException">It is damaged or too large.</exception>
    public void Add(int index, EncodedImage image)
    {
        using var shown = LoadFitted(image, Layout.Grid.Cell);
        AddTile(index, shown);
    }

    /// <summary>Says in a cell why it has no image; its number and its texts are as with one.</summary>
    /// <param name="index">From 0, in reading order.</param>
    /// <param name="reason">In a few words, as in "refused by moderation"; may be empty.</param>
    public void AddMissing(int index, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var (cell, size) = (Layout.Grid.Cell, Layout.Grid.TextSize * 5 / 4);
        using var note = Image.FromText(string.IsNullOrWhiteSpace(reason) ? "not drawn" : $"not drawn: {reason.Trim()}", new TextStyle
        {
            Size = size,
            MinSize = BoardGrid.MinTextSize * 3 / 4,
            Colour = BoardColours.Ink,
            MaxWidth = Math.Max(1, cell.Width * 4 / 5),
            MaxHeight = Math.Max(1, cell.Height * 4 / 5),
        });
        using var mat = BoardColours.Fill(cell, BoardColours.Mat);
        using var noted = mat.Overlay(note, (cell.Width - note.Size.Width) / 2, (cell.Height - note.Size.Height) / 2);
        AddTile(index, noted);
    }

    /// <summary>The board so far, opaque.</summary>
    public Image Render() => _board.ToSrgb8();

    public void Dispose() => _board.Dispose();

    /// <param name="shown">No larger than its cell.</param>
    private void AddTile(int index, Image shown)
    {
        var (tile, size) = (Layout.Tiles[index], Layout.Grid.Cell);
        using var mat = BoardColours.Fill(size, BoardColours.Mat);
        using var cell = mat.Insert(shown, (size.Width - shown.Size.Width) / 2, (size.Height - shown.Size.Height) / 2);
        using var paper = CreatePaper(new Dimensions(size.Width, tile.Height));
        using var framed = paper.Insert(cell, 0, 0);
        using var finished = _texts.Draw(framed, index, Layout);
        Insert(finished, tile.Cell.Left, tile.Cell.Top);
    }

    /// <summary>The whole image, as large as the cell allows, opaque.</summary>
    private static Image LoadFitted(EncodedImage image, Dimensions cell)
    {
        using var thumbnail = Image.OpenThumbnail(image, Math.Max(cell.Width, cell.Height));
        using var fitted = thumbnail.Resize(BoardLayout.Fit(ImageHeader.Read(image).Size, cell));
        using var opaque = fitted.OverCheckerboard(CheckerSquare);
        using var flat = opaque.Flatten(Colour.White);
        return flat.CopyToMemory();
    }

    private void AddTitle(BoardGrid grid)
    {
        using var text = _title.Render(_content.Title!, TitleWidth(grid), BoardGrid.MaxTitleLines);
        using var paper = CreatePaper(new Dimensions(Layout.Size.Width, Layout.Tiles[0].Cell.Top));
        using var above = paper.Overlay(text, grid.Gutter, grid.Gutter - _title.CapitalTop);
        using var titled = above.CopyToMemory();
        Insert(titled, 0, 0);
    }

    private void Insert(Image part, int x, int y)
    {
        using var below = _board;
        _board = below.Insert(part, x, y);
    }

    private static int TitleWidth(BoardGrid grid) => (grid.Columns * (grid.Cell.Width + grid.Gutter)) - grid.Gutter;

    private static Image CreatePaper(Dimensions size) => BoardColours.Fill(size, BoardColours.Paper);
}
