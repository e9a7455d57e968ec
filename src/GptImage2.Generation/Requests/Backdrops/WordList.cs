namespace GptImage2.Generation.Requests.Backdrops;

/// <summary>
/// Words to look for in a text of any language: whole ones (with or without an s), those that begin with what stands before a star, and those that
/// end with what stands after one. Scripts that do not part their words are searched as they are.
/// </summary>
internal sealed class WordList
{
    private readonly HashSet<string> _whole;
    private readonly string[] _beginnings;
    private readonly string[] _ends;
    private readonly string[] _unparted;

    /// <param name="words">In lower case, parted by spaces or lines.</param>
    internal WordList(string words)
    {
        string[] all = words.Normalize(NormalizationForm.FormC).Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        _unparted = [.. all.Where(word => IsUnparted(word[0]))];
        string[] parted = [.. all.Except(_unparted)];
        _whole = [.. parted.Where(word => !word.Contains('*'))];
        _beginnings = [.. parted.Where(word => word is [.., '*']).Select(word => word.Trim('*'))];
        _ends = [.. parted.Where(word => word is ['*', ..]).Select(word => word.Trim('*'))];
    }

    internal bool IsIn(TextWords text) =>
        text.Words.Any(word => _whole.Contains(word) || (word is [.., 's'] && _whole.Contains(word[..^1]))
            || Array.Exists(_beginnings, start => word.StartsWith(start, StringComparison.Ordinal))
            || Array.Exists(_ends, end => word.EndsWith(end, StringComparison.Ordinal)))
        || Array.Exists(_unparted, part => text.Text.Contains(part, StringComparison.Ordinal));

    /// <summary>Han, Hiragana and Katakana.</summary>
    private static bool IsUnparted(char letter) => letter is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF';
}

/// <summary>A text in lower case, and its words: letters with the signs that belong to them.</summary>
internal sealed class TextWords
{
    private const string ArabicArticle = "ال";

    internal TextWords(string text)
    {
        Text = ToWellFormed(text).Normalize(NormalizationForm.FormC).ToLowerInvariant();
        string[] words = new string([.. Text.Select(letter => IsOfWord(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Words = [.. words.Select(word => word.StartsWith(ArabicArticle, StringComparison.Ordinal) ? word[ArabicArticle.Length..] : word).Distinct()];
    }

    internal string Text { get; }

    internal IReadOnlyList<string> Words { get; }

    private static string ToWellFormed(string text) => string.Concat(text.EnumerateRunes());

    private static bool IsOfWord(char letter) =>
        char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
