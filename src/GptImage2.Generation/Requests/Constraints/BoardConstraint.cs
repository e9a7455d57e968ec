using GptImage2.Generation.Models;
using GptImage2.Imaging.Boards;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>A board has images, not too many to see, and no caption without an image.</summary>
internal sealed class BoardConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile) =>
        request is BoardRequest board ? Check(board, board.Images.Count) : [];

    private static IEnumerable<Violation> Check(BoardRequest board, int count) => Violation.Collect(
        (count is 0 or > BoardContent.MaxImages,
            new("images", $"1 to {BoardContent.MaxImages} images", $"{count}")),
        (count is > 0 && board.Captions.Count > count,
            new("captions", $"at most {count}, one for each image in order", $"{board.Captions.Count}")
            {
                Repairs = [new Repair("captions", new JsonArray([.. board.Captions.Take(count).Select(caption => (JsonNode)caption)]))],
            }),
        (board.Columns is < 1 or > BoardContent.MaxImages,
            new("columns", $"1 to {BoardContent.MaxImages}", $"{board.Columns}", $"{Math.Clamp(board.Columns ?? 1, 1, BoardContent.MaxImages)}")));
}
