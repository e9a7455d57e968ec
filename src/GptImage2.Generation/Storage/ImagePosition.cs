namespace GptImage2.Generation.Storage;

/// <summary>
/// A place in a list of images: behind one of the owner's own, which it names by its id. A number in the order of the catalog
/// would tell how many images others make.
/// </summary>
/// <param name="Id">The image that ended the page before; null for the beginning of a list, as a position of its own.</param>
/// <param name="Words">How many of the words that image has, in a list of images that have only some; else 0.</param>
public sealed partial record ImagePosition(string? Id, int Words = 0)
{
    private const string IdPrefix = "img_";
    private const string StartName = "start";

    public static ImagePosition Start { get; } = new(null, 0);

    /// <returns>The position, or null where the text is none.</returns>
    public static ImagePosition? TryParse(string? text) => CursorPattern.Match(text ?? "") is { Success: true } match
        ? new ImagePosition(
            match.Groups["id"].Value is StartName ? null : IdPrefix + match.Groups["id"].Value,
            int.Parse(match.Groups["words"].ValueSpan, NumberStyles.None, null))
        : null;

    /// <summary>With a letter before it, because some clients turn a text of digits into a number.</summary>
    public override string ToString() => $"c{Words}_{Id?[IdPrefix.Length..] ?? StartName}";

    /// <summary>Whether a list of the owner's images can go on from here.</summary>
    public async Task<bool> IsKnownAsync(IImageCatalog catalog, string owner, CancellationToken cancellationToken) =>
        Id is null || await catalog.FindAsync(owner, Id, cancellationToken) is { Delivered: true };

    [GeneratedRegex(@"^c(?<words>[0-9]{1,2})_(?<id>" + StartName + "|" + IdGenerator.Pattern + @")\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CursorPattern { get; }
}
