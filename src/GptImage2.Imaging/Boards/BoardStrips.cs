namespace GptImage2.Imaging.Boards;

/// <summary>
/// What is below the images of one row of a storyboard, in pixels from the top of its cells: alike for all of them, so that a row reads as
/// a table does.
/// </summary>
/// <param name="ShotHeight">Of the strip at the bottom of an image with its number and shot.</param>
/// <param name="CaptionTop">Where the capital letters of captions begin.</param>
/// <param name="DialogueHeight">Of the strip with what is said; 0 in a row without any.</param>
internal sealed record BoardStrips(int ShotTop, int ShotHeight, int CaptionTop, int DialogueTop, int DialogueHeight)
{
    internal int Bottom => DialogueTop + DialogueHeight;

    internal static BoardStrips Arrange(BoardGrid grid, IReadOnlyList<StripHeights> row)
    {
        var shot = Pad(Math.Max(row.Max(heights => heights.Shot), grid.TextSize), grid);
        var captionTop = grid.Cell.Height + shot + grid.TextPadding;
        var caption = row.Max(heights => heights.Caption);
        var dialogueTop = caption is 0 ? grid.Cell.Height + shot : captionTop + caption + (grid.TextPadding * 3 / 4);
        var dialogue = row.Max(heights => heights.Dialogue);
        return new BoardStrips(grid.Cell.Height, shot, captionTop, dialogueTop, dialogue is 0 ? 0 : Pad(dialogue, grid));
    }

    /// <summary>Less below, where seldom a letter reaches down to.</summary>
    private static int Pad(int height, BoardGrid grid) => height + grid.TextPadding + (grid.TextPadding * 3 / 4);
}

/// <summary>Of the texts of one image, in pixels from the top of their capital letters to the lowest ink; 0 for none.</summary>
internal readonly record struct StripHeights(int Shot, int Caption, int Dialogue);
