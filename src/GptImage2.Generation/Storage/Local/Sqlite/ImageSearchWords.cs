namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>What the words of a search can mean: words of prompts, ids, and parts of ids.</summary>
internal sealed class ImageSearchWords
{
    private const string IdPrefix = "img_";
    private const string Scheme = "image://";

    /// <summary>Shorter parts are in too many ids.</summary>
    private const int MinIdPart = 4;

    /// <summary>More words do not make a looser search better; each costs time.</summary>
    private const int MaxLooseWords = 8;

    /// <summary>In nearly every prompt.</summary>
    private static readonly string[] FillWords = ["the", "and", "with", "for", "from", "into"];

    /// <summary>Of the files that an image can be made from.</summary>
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".tif", ".tiff", ".heic"];

    public ImageSearchWords(string? typed)
    {
        var split = FullTextQuery.Split(typed);
        All = [.. split.Select(WithoutExtension).Distinct(StringComparer.Ordinal)];
        Ids = [.. split.Select(FindId).OfType<string>()];
        string[] parts = [.. All.Select(word => word.ToLowerInvariant()).Where(IsIdPart)];
        (IdParts, IdPartsWithDigits) = (parts, [.. parts.Where(part => part.Any(char.IsAsciiDigit))]);
        string[] telling = [.. All.Where(word => word.Length > 2 && !FillWords.Contains(word, StringComparer.OrdinalIgnoreCase)).Take(MaxLooseWords)];
        Loose = telling is [] ? [.. All.Take(MaxLooseWords)] : telling;
    }

    public IReadOnlyList<string> All { get; }

    /// <summary>What is certainly an id, or its beginning, without the prefix.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>What could be part of an id.</summary>
    public IReadOnlyList<string> IdParts { get; }

    /// <summary>Those of them that are no ordinary words.</summary>
    public IReadOnlyList<string> IdPartsWithDigits { get; }

    /// <summary>Words of which some are enough, where no image has all.</summary>
    public IReadOnlyList<string> Loose { get; }

    /// <summary>How many of the words begin a word of the text.</summary>
    public static int CountIn(string text, IReadOnlyList<string> words)
    {
        var split = SplitWords(text);
        return words.Count(word => SplitWords(word).All(part => split.Any(other => other.StartsWith(part, StringComparison.OrdinalIgnoreCase))));
    }

    /// <summary>A file's name is known without its extension.</summary>
    private static string WithoutExtension(string word) =>
        Extensions.Contains(Path.GetExtension(word), StringComparer.OrdinalIgnoreCase)
        && Path.GetFileNameWithoutExtension(word) is var stem && stem.Any(char.IsLetterOrDigit) ? stem : word;

    private static string? FindId(string word)
    {
        var lower = word.ToLowerInvariant();
        lower = ImageFileNaming.ParseId(lower) ?? (lower.StartsWith(Scheme, StringComparison.Ordinal) ? lower[Scheme.Length..] : lower);
        return lower.StartsWith(IdPrefix, StringComparison.Ordinal) && IsIdPart(lower[IdPrefix.Length..]) ? lower[IdPrefix.Length..] : null;
    }

    private static bool IsIdPart(string word) => word.Length >= MinIdPart && word.All(char.IsAsciiLetterOrDigit);

    private static string[] SplitWords(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => Rune.IsLetterOrDigit(rune) ? rune.ToString() : " "))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
