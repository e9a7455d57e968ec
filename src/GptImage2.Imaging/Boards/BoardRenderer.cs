using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;

namespace GptImage2.Imaging.Boards;

/// <summary>
/// Images on one board: cells of one size, numbered, with captions. Each image is shown whole. Images are added one at a time, and memory
/// grows with the board, never with their own sizes.
/// </summary>
public sealed class BoardRenderer : IDisposable
{
    private static readonly Colour Paper = new(0xEE, 0xEF, 0xF1);
    private static readonly Colour Mat = new(0xE0, 0xE2, 0xE5);
    private static readonly Colour Ink = new(0x1D, 0x20, 0x24);

    private const int CheckerSquare = 16;

    private readonly BoardContent _content;
    private readonly BoardText _captions;
    private readonly BoardText _title;
    private readonly BoardLayout _layout;
    private readonly int _textLeft;
    private Image _board;

    /// <param name="content">One to <see cref="BoardContent.MaxImages"/> images.</param>
    public BoardRenderer(BoardContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentOutOfRangeException.ThrowIfZero(content.Sizes.Count, nameof(content));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Sizes.Count, BoardContent.MaxImages, nameof(content));
        var grid = BoardGrid.Choose(content);
        (_content, _captions, _title) = (content, new BoardText(grid.TextSize, Ink), new BoardText(grid.TitleSize, Ink, bold: true));
        using var widest = NumberBadge.Render(content.Sizes.Count, BadgeSize(grid));
        _textLeft = widest.Size.Width + (grid.TextSize / 2);
        _layout = BoardLayout.Arrange(
            grid,
            [.. content.Sizes.Select((_, index) => _captions.CountLines(content.GetCaption(index), CaptionWidth(grid), BoardGrid.MaxCaptionLines))],
            _title.CountLines(content.Title, TitleWidth(grid), BoardGrid.MaxTitleLines));
        _board = CreatePaper(_layout.Size);
        if (content.HasTitle)
        {
            AddTitle(grid);
        }
    }

    /// <summary>Of the whole board.</summary>
    public Dimensions Size => _layout.Size;

    /// <summary>How large the board will be, in pixels, before any image is read.</summary>
    public static Dimensions Measure(BoardContent content)
    {
        using var empty = new BoardRenderer(content);
        return empty.Size;
    }

    /// <summary>Puts an image into its cell. It is computed now, so that its original is released before the next is read.</summary>
    /// <param name="index">From 0, in reading order.</param>
    /// <exception cref="UnreadableImageException">It is damaged or too large.</exception>
    public void Add(int index, EncodedImage image)
    {
        using var tile = RenderTile(index, image);
        Insert(tile, _layout.Tiles[index].Cell.Left, _layout.Tiles[index].Cell.Top);
    }

    /// <summary>The board so far, opaque.</summary>
    public Image Render() => _board.ToSrgb8();

    public void Dispose() => _board.Dispose();

    private Image RenderTile(int index, EncodedImage image)
    {
        var grid = _layout.Grid;
        using var shown = LoadFitted(image, grid.Cell);
        using var mat = CreateFill(grid.Cell, Mat);
        using var cell = mat.Insert(shown, (grid.Cell.Width - shown.Size.Width) / 2, (grid.Cell.Height - shown.Size.Height) / 2);
        using var paper = CreatePaper(new Dimensions(grid.Cell.Width, _layout.Tiles[index].Height));
        using var framed = paper.Insert(cell, 0, 0);
        using var badge = NumberBadge.Render(index + 1, BadgeSize(grid));
        using var numbered = framed.Overlay(badge, 0, _layout.CaptionTop);
        if (_content.GetCaption(index) is not { } caption)
        {
            return numbered.CopyToMemory();
        }

        // The first line and the number are centred on each other.
        using var text = _captions.Render(caption, CaptionWidth(grid), BoardGrid.MaxCaptionLines);
        using var captioned = numbered.Overlay(
            text, _textLeft, _layout.CaptionTop + ((badge.Size.Height - _captions.CapitalHeight) / 2) - _captions.CapitalTop);
        return captioned.CopyToMemory();
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
        using var paper = CreatePaper(new Dimensions(_layout.Size.Width, _layout.Tiles[0].Cell.Top));
        using var above = paper.Overlay(text, grid.Gutter, grid.Gutter - _title.CapitalTop);
        using var titled = above.CopyToMemory();
        Insert(titled, 0, 0);
    }

    private void Insert(Image part, int x, int y)
    {
        using var below = _board;
        _board = below.Insert(part, x, y);
    }

    private int CaptionWidth(BoardGrid grid) => Math.Max(1, grid.Cell.Width - _textLeft);

    private static int TitleWidth(BoardGrid grid) => (grid.Columns * (grid.Cell.Width + grid.Gutter)) - grid.Gutter;

    private static int BadgeSize(BoardGrid grid) => Math.Max(8, grid.TextSize * 3 / 4);

    private static Image CreatePaper(Dimensions size) => CreateFill(size, Paper);

    private static Image CreateFill(Dimensions size, Colour colour)
    {
        using var blank = Image.FromColour(size, colour);
        return blank.Flatten(colour);
    }
}
