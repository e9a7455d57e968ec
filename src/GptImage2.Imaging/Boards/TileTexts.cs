using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;

namespace GptImage2.Imaging.Boards;

/// <summary>The number and the texts of each image of a board: how much room they need, and how they are drawn.</summary>
internal abstract class TileTexts(BoardContent content, BoardGrid grid)
{
    protected BoardContent Content { get; } = content;

    protected BoardGrid Grid { get; } = grid;

    internal static TileTexts Create(BoardContent content, BoardGrid grid) => content.IsStoryboard ? new StripTexts(content, grid) : new CaptionTexts(content, grid);

    internal abstract BoardLayout Arrange(int titleLines);

    /// <summary>Whether a text of an image is longer than it has room for.</summary>
    internal abstract bool IsCut(int index);

    /// <param name="tile">Paper with the image at its top.</param>
    internal abstract Image Draw(Image tile, int index, BoardLayout layout);

    /// <summary>Of the widest number.</summary>
    protected int MeasureBadge()
    {
        using var widest = NumberBadge.Render(Content.FirstNumber + Content.Sizes.Count - 1, Grid.BadgeSize);
        return widest.Size.Width;
    }
}
