namespace GptImage2.Generation.Storage;

/// <summary>Records what the store holds. Every row has an owner, and every read takes one.</summary>
public interface IImageCatalog
{
    /// <summary>Records an image. Adding an id again changes nothing, so that recovery may repeat itself, except that an undelivered image can become a delivered one.</summary>
    Task AddAsync(ImageRecord record, CancellationToken cancellationToken);

    /// <returns>The image of that id, delivered or not, or null when the owner has none.</returns>
    Task<ImageRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken);

    /// <summary>Delivered images, newest first. Where none has all words, those that have some, most words first.</summary>
    Task<ImagePage> ListAsync(string owner, ImageQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Delivered images that complete a typed text, newest first: by the beginning of their id, also as image://id, among all
    /// images; by any part of their file's name among the newest ten thousand; with nothing typed the newest. Case does not
    /// matter.
    /// </summary>
    Task<IReadOnlyList<ImageSuggestion>> SuggestAsync(string owner, string typed, int limit, CancellationToken cancellationToken);
}

/// <summary>An image as it can be named in an argument.</summary>
/// <param name="Id">img_ and letters.</param>
/// <param name="FileName">Without a folder; null where the file was renamed, so that its name contains no id.</param>
public sealed record ImageSuggestion(string Id, string? FileName);

/// <summary>Which images to list.</summary>
public sealed record ImageQuery
{
    /// <summary>
    /// Words that the prompt, or the prompt or file name of an image it was made from, must contain, each as the beginning of a word, in any order
    /// and case; or an id, a part of one, or the name of a file. Null for all images. Punctuation and emoji are ignored.
    /// </summary>
    public string? Words { get; init; }

    /// <summary>Where the page before this one ended. Behind an image that the owner does not have there is nothing.</summary>
    public ImagePosition? Before { get; init; }

    public required int Limit { get; init; }
}

/// <summary>One page of a list.</summary>
/// <param name="Next">Where the next page begins, or null at the end.</param>
public sealed record ImagePage(IReadOnlyList<ImageRecord> Images, ImagePosition? Next)
{
    /// <summary>Counting goes no further.</summary>
    public const int MaxTotal = 10_000;

    /// <summary>How many there are on all pages, or <see cref="MaxTotal"/> where there are more; null where the catalog's file cannot be read.</summary>
    public int? Total { get; init; }

    /// <summary>Whether these images have only some of the words, because none has all.</summary>
    public bool IsPartialMatch { get; init; }
}
