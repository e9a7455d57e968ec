using GptImage2.Imaging.Boards;

namespace GptImage2.Generation.Requests;

/// <summary>Put images on one board.</summary>
public sealed record BoardRequest : LocalRequest
{
    /// <summary>The images in reading order.</summary>
    public required IReadOnlyList<Reference> Cells { get; init; }

    /// <summary>One for each image, in order; the last images may have none.</summary>
    public IReadOnlyList<string> Captions { get; init; } = [];

    /// <summary>Images in a row; null for as many as look well.</summary>
    public int? Columns { get; init; }

    public string? Title { get; init; }

    public override IReadOnlyList<Reference> Images => Cells;

    /// <summary>The words on the board, by which it is found again.</summary>
    public static string DescribePrompt(string? title, IReadOnlyList<string> captions, int images)
    {
        string[] words = [.. captions.Prepend(title).OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text.Trim())];
        return words is [] ? $"Board of {(images is 1 ? "1 image" : $"{images} images")}" : string.Join("\n", words);
    }

    /// <summary>What is on the board, once the images are known.</summary>
    /// <param name="sizes">Of the images, upright, in their order.</param>
    public BoardContent ToContent(IEnumerable<Dimensions> sizes) => new([.. sizes]) { Captions = Captions, Columns = Columns, Title = Title };
}
