using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results.Lists;

/// <summary>A page of images in words: short, because a page may have a hundred.</summary>
/// <param name="folder">The store, where the reader may know of paths; null elsewhere.</param>
/// <param name="copies">Where images were copied to, by id.</param>
/// <param name="link">Where a reader on another machine finds an image; null where the line has its path, or needs no more than its id.</param>
/// <param name="numbered">Whether there is a sheet with numbers.</param>
internal sealed class ImageListText(string? folder, IReadOnlyDictionary<string, IReadOnlyList<string>> copies, Func<ImageRecord, string?> link, bool numbered)
{
    private const int MaxPromptLength = 80;

    /// <summary>Of the images that one was made from.</summary>
    private const int MaxInputs = 3;

    public string FormatHeadline(ImagePage page)
    {
        var count = page.Images.Count is 1 ? "1 image" : $"{page.Images.Count} images";
        var all = page.Total switch
        {
            null => count,
            ImagePage.MaxTotal => $"{page.Images.Count} of over {ImagePage.MaxTotal - 1} images",
            { } total when total > page.Images.Count => $"{page.Images.Count} of {total} images",
            _ => count,
        };
        var place = folder is null ? "" : $"; files in {folder}";
        return page.IsPartialMatch
            ? $"No image matches all words; these match some ({all}, most words first{place}):"
            : $"{all}, newest first{place}:";
    }

    public string FormatLine(ImageRecord image, int number) =>
        $"{(numbered ? $"{number}. " : "")}{image.Id} {image.File.Size} {image.Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC " +
        $"\"{TextTruncation.Truncate(image.Prompt, MaxPromptLength)}\"" +
        (folder is null ? $"{FormatInputs(image)}{FormatCopies(image)}{FormatPlace(image)}" : $"{FormatPlace(image)}{FormatInputs(image)}{FormatCopies(image)}");

    /// <summary>The images that one was made from: ids, and names of files that were not made here.</summary>
    public static IReadOnlyList<string> GetInputs(ImageRecord image) => [.. (image.Inputs ?? []).Select(input => input.Image ?? input.Name).OfType<string>()];

    private string FormatPlace(ImageRecord image) => (folder is null ? link(image) : image.File.Location is StorageLocation.Memory ? null : image.File.Path) is { } place ? $" {place}" : "";

    private static string FormatInputs(ImageRecord image) => GetInputs(image) switch
    {
        [] => "",
        { Count: <= MaxInputs } ids => $", from {string.Join(", ", ids)}",
        var ids => $", from {string.Join(", ", ids.Take(MaxInputs))} and {ids.Count - MaxInputs} more",
    };

    private string FormatCopies(ImageRecord image) =>
        copies.TryGetValue(image.Id, out var paths) ? $", copied to {string.Join(", ", paths.Select(ShortenPath))}" : "";

    /// <summary>Relative where it is below the working folder.</summary>
    private static string ShortenPath(string path) =>
        Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;
}
