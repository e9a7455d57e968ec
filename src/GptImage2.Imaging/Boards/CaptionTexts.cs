using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;

namespace GptImage2.Imaging.Boards;

/// <summary>Captions beside the numbers, below the images.</summary>
internal sealed class CaptionTexts : TileTexts
{
    private readonly BoardText _captions;
    private readonly int _left;

    internal CaptionTexts(BoardContent content, BoardGrid grid)
        : base(content, grid)
    {
        _captions = new BoardText(grid.TextSize, BoardColours.Ink);
        _left = MeasureBadge() + (grid.TextSize / 2);
    }

    private int Width => Math.Max(1, Grid.Cell.Width - _left);

    internal override BoardLayout Arrange(int titleLines) => BoardLayout.Arrange(
        Grid, [.. Content.Sizes.Select((_, index) => _captions.CountLines(Content.GetCaption(index), Width, BoardGrid.MaxCaptionLines))], titleLines);

    internal override bool IsCut(int index) => _captions.CountLines(Content.GetCaption(index), Width, int.MaxValue) > BoardGrid.MaxCaptionLines;

    internal override Image Draw(Image tile, int index, BoardLayout layout)
    {
        using var badge = NumberBadge.Render(Content.FirstNumber + index, Grid.BadgeSize);
        using var numbered = tile.Overlay(badge, 0, layout.CaptionTop);
        if (Content.GetCaption(index) is not { } caption)
        {
            return numbered.CopyToMemory();
        }

        // The first line and the number are centred on each other.
        using var text = _captions.Render(caption, Width, BoardGrid.MaxCaptionLines);
        using var captioned = numbered.Overlay(text, _left, layout.CaptionTop + ((badge.Size.Height - _captions.CapitalHeight) / 2) - _captions.CapitalTop);
        return captioned.CopyToMemory();
    }
}
