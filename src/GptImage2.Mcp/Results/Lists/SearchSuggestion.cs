using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results.Lists;

/// <summary>Words that find something, near those that did not.</summary>
internal static class SearchSuggestion
{
    private const int MinStem = 3;

    /// <param name="typed">What found nothing.</param>
    /// <param name="newest">The caller's own images, and nobody else's.</param>
    /// <returns>The words to search for instead, or null where none is near.</returns>
    public static string? Find(string typed, IReadOnlyList<ImageRecord> newest)
    {
        string[] known = [.. newest.SelectMany(image => SplitWords(image.Prompt)).Where(word => word.Length >= MinStem).Distinct(StringComparer.Ordinal)];
        string[] near = [.. SplitWords(typed).Select(word => FindNear(word, known)).OfType<string>().Distinct(StringComparer.Ordinal)];
        return near is [] ? null : string.Join(' ', near);
    }

    /// <summary>The longest word that this one begins with, as fox for foxes, or one a letter or two away.</summary>
    private static string? FindNear(string word, string[] known) => word.Length < MinStem ? null :
        known.Where(other => word.StartsWith(other, StringComparison.Ordinal) && 2 * other.Length >= word.Length).MaxBy(other => other.Length)
        ?? EditDistance.FindNear(word, known);

    private static string[] SplitWords(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => Rune.IsLetterOrDigit(rune) ? Rune.ToLowerInvariant(rune).ToString() : " "))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
