namespace GptImage2.Generation.Storage;

/// <summary>Turns any text into part of a file name that is legal on every system.</summary>
public static class Slug
{
    private const int MaxLength = 40;

    private const string Fallback = "image";

    /// <summary>Later characters cannot reach the slug, unless a text begins with a page of punctuation.</summary>
    private const int MaxInputLength = 1000;

    private const string Accented = "àáâãäåāăąçćčďđèéêëēėęěğģìíîïīįıķłļñńņňòóôõöøōőřśşšșťțùúûüūůűųýÿžźż";
    private const string Plain = "aaaaaaaaacccddeeeeeeeeggiiiiiiikllnnnnoooooooorssssttuuuuuuuuyyzzz";

    private static readonly string[] ReservedByWindows =
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"com{number}", $"lpt{number}" })];

    /// <returns>
    /// One to 40 lower-case letters, digits and single dashes, with a letter or digit at both ends. Latin letters are ASCII; those of other scripts
    /// stay, because nothing else would be left to know a name by, and every file system of today takes them.
    /// </returns>
    public static string Create(string text)
    {
        var slug = new StringBuilder();
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, MaxInputLength)))
        {
            Append(slug, char.ToLowerInvariant(letter));
        }

        var whole = Truncate(slug.ToString().Trim('-'));
        return whole switch
        {
            "" => Fallback,
            _ when ReservedByWindows.Contains(whole) => $"{whole}-{Fallback}",
            _ => whole,
        };
    }

    private static void Append(StringBuilder slug, char letter)
    {
        if (char.IsAsciiLetterOrDigit(letter))
        {
            slug.Append(letter);
        }
        else if (FoldToAscii(letter) is { } folded)
        {
            slug.Append(folded);
        }
        else if (IsOfOtherScript(letter))
        {
            slug.Append(letter);
        }
        else if (slug is { Length: > 0 } && slug[^1] is not '-')
        {
            slug.Append('-');
        }
    }

    /// <summary>Letters, and the signs of Indic scripts that are spaced; beyond Latin, whose rarer letters look like others.</summary>
    private static bool IsOfOtherScript(char letter) =>
        letter >= '\u0370' && letter is not (>= '\u1D00' and <= '\u1EFF' or >= '\u2000' and <= '\u2DFF' or >= '\uA640' and <= '\uABFF' or >= '\uF900')
        && (char.IsLetter(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber);

    /// <summary>By table, because Unicode decomposition is not available under invariant globalization.</summary>
    private static string? FoldToAscii(char letter) => letter switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        '\'' or '’' => "",
        >= '\u0300' and <= '\u036F' => "",
        _ when CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark => letter is >= '\u0900' and <= '\u0EFF' ? letter.ToString() : "",
        _ => Accented.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var index ? Plain[index].ToString() : null,
    };

    /// <summary>Between two words where a gap is late enough, else within one.</summary>
    private static string Truncate(string slug)
    {
        if (slug.Length <= MaxLength)
        {
            return slug;
        }

        var gap = slug.LastIndexOf('-', MaxLength);
        return slug[..(gap > MaxLength / 2 ? gap : MaxLength)].TrimEnd('-');
    }
}
