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

    private int ShotLines => BoardGrid.CountLines(Content, BoardGrid.MaxShotLines);

    private int CaptionLines => BoardGrid.CountLines(Content, BoardGrid.MaxCaptionLines);

    private int DialogueLines => BoardGrid.CountLines(Content, BoardGrid.MaxDialogueLines);

    internal override bool IsCut(int index) =>
        _shots.CountLines(Content.GetShot(index), ShotWidth, int.MaxValue) > ShotLines
        || _texts.CountLines(Content.GetCaption(index), Width, int.MaxValue) > CaptionLines
        || _texts.CountLines(Content.GetDialogue(index), Width, int.MaxValue) > DialogueLines;

    internal override BoardLayout Arrange(int titleLines) =>
        BoardLayout.ArrangeStoryboard(Grid, [.. Content.Sizes.Select((_, index) => Measure(index))], titleLines);

    internal override Image Draw(Image tile, int index, BoardLayout layout)
    {
        var strips = layout.Tiles[index].Strips!;
        using var stripped = DrawStrips(tile, strips, Content.GetDialogue(index) is not null);
        using var badge = NumberBadge.Render(Content.FirstNumber + index, Grid.BadgeSize);
        var shotTop = strips.ShotTop + Grid.TextPadding;
        using var numbered = stripped.Overlay(badge, Grid.TextPadding, shotTop + ((_shots.CapitalHeight - badge.Size.Height) / 2));
        using var shot = Add(numbered, _shots, Content.GetShot(index), _shotLeft, shotTop, ShotWidth, ShotLines);
        using var captioned = Add(shot, _texts, Content.GetCaption(index), Grid.TextPadding, strips.CaptionTop, Width, CaptionLines);
        using var spoken = Add(captioned, _texts, Content.GetDialogue(index), Grid.TextPadding, strips.DialogueTop + Grid.TextPadding, Width, DialogueLines);
        return spoken.CopyToMemory();
    }

    private StripHeights Measure(int index) => new(
        _shots.CalculateHeight(Content.GetShot(index), ShotWidth, ShotLines),
        _texts.CalculateHeight(Content.GetCaption(index), Width, CaptionLines),
        _texts.CalculateHeight(Content.GetDialogue(index), Width, DialogueLines));

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
