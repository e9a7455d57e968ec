namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>Turns typed words into an expression of SQLite's full-text search, in which they are never syntax.</summary>
internal static class FullTextQuery
{
    /// <summary>More words do not narrow a search; each costs time.</summary>
    public const int MaxWords = 32;

    /// <summary>A single word for the index: letters and digits only, and the same for the same owner.</summary>
    public static string OwnerToken(string owner) => "o" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)).AsSpan(0, 16));

    /// <summary>The words to look for, as they were typed.</summary>
    public static IReadOnlyList<string> Split(string? words)
    {
        // SQLite reads an expression only up to a zero character, which would leave a quote open.
        var split = words?.Replace('\0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [.. split.Where(word => word.EnumerateRunes().Any(Rune.IsLetterOrDigit)).Distinct(StringComparer.Ordinal).Take(MaxWords)];
    }

    /// <summary>An expression that an image satisfies which has all words.</summary>
    /// <param name="words">At least one.</param>
    public static string BuildExpression(string owner, params IEnumerable<string> words) =>
        $"owner : \"{OwnerToken(owner)}\" AND prompt : ({string.Join(' ', words.Select(ToPrefixTerm))})";

    private static string ToPrefixTerm(string word) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\" *";
}
