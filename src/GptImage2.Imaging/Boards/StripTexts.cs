using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;

namespace GptImage2.Imaging.Boards;

/// <summary>Those of a storyboard, below each image: number and shot on a strip, the caption, and what is said on another strip.</summary>
internal sealed class StripTexts : TileTexts
{
    private readonly BoardText _shots;
    private readonly BoardText _texts;
    private readonly int _shotLeft;

    internal StripTexts(BoardContent content, BoardGrid grid)
        : base(content, grid)
    {
        _shots = new BoardText(grid.TextSize, BoardColours.Ink, bold: true, hasTallRoom: true);
        _texts = new BoardText(grid.TextSize, BoardColours.Ink, hasTallRoom: true);
        _shotLeft = MeasureBadge() + (2 * grid.TextPadding);
    }

    private int Width => Math.Max(1, Grid.Cell.Width - (2 * Grid.TextPadding));

    private int ShotWidth => Math.Max(1, Grid.Cell.Width - _shotLeft - Grid.TextPadding);

    internal override BoardLayout Arrange(int titleLines) =>
        BoardLayout.ArrangeStoryboard(Grid, [.. Content.Sizes.Select((_, index) => Measure(index))], titleLines);

    internal override Image Draw(Image tile, int index, BoardLayout layout)
    {
        var strips = layout.Tiles[index].Strips!;
        using var stripped = DrawStrips(tile, strips, Content.GetDialogue(index) is not null);
        using var badge = NumberBadge.Render(Content.FirstNumber + index, Grid.BadgeSize);
        var shotTop = strips.ShotTop + Grid.TextPadding;
        using var numbered = stripped.Overlay(badge, Grid.TextPadding, shotTop + ((_shots.CapitalHeight - badge.Size.Height) / 2));
        using var shot = Add(numbered, _shots, Content.GetShot(index), _shotLeft, shotTop, ShotWidth, BoardGrid.MaxShotLines);
        using var captioned = Add(shot, _texts, Content.GetCaption(index), Grid.TextPadding, strips.CaptionTop, Width, BoardGrid.MaxCaptionLines);
        using var spoken = Add(captioned, _texts, Content.GetDialogue(index), Grid.TextPadding, strips.DialogueTop + Grid.TextPadding, Width, BoardGrid.MaxDialogueLines);
        return spoken.CopyToMemory();
    }

    private StripHeights Measure(int index) => new(
        _shots.CalculateHeight(Content.GetShot(index), ShotWidth, BoardGrid.MaxShotLines),
        _texts.CalculateHeight(Content.GetCaption(index), Width, BoardGrid.MaxCaptionLines),
        _texts.CalculateHeight(Content.GetDialogue(index), Width, BoardGrid.MaxDialogueLines));

    private Image DrawStrips(Image tile, BoardStrips strips, bool isSpoken)
    {
        using var shot = BoardColours.Fill(new Dimensions(Grid.Cell.Width, strips.ShotHeight), BoardColours.ShotStrip);
        var below = tile.Insert(shot, 0, strips.ShotTop);
        if (!isSpoken)
        {
            return below;
        }

        using (below)
        {
            using var dialogue = BoardColours.Fill(new Dimensions(Grid.Cell.Width, strips.DialogueHeight), BoardColours.DialogueStrip);
            return below.Insert(dialogue, 0, strips.DialogueTop);
        }
    }

    private static Image Add(Image tile, BoardText style, string? words, int left, int capitalTop, int width, int lines)
    {
        if (words is null)
        {
            return tile.ToSrgb8();
        }

        using var text = style.Render(words, width, lines);
        return tile.Overlay(text, left, capitalTop - style.CapitalTop);
    }
}
