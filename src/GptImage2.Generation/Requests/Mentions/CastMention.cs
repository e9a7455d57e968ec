namespace GptImage2.Generation.Requests.Mentions;

/// <summary>A name of the cast in a prompt: <c>@Mira</c>, or <c>@Mira/winter</c> for one of its variants.</summary>
/// <param name="Index">Where the @ stands.</param>
/// <param name="Length">Of all of it.</param>
/// <param name="Variant">Null for the entry as it is.</param>
public sealed partial record CastMention(int Index, int Length, string Name, string? Variant)
{
    /// <summary>As it is written, without the @.</summary>
    public string Path => Variant is null ? Name : $"{Name}/{Variant}";

    /// <summary>All of a text, in order. Mail addresses, handles of web addresses and words in quotes are none.</summary>
    public static IReadOnlyList<CastMention> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains('@', StringComparison.Ordinal) ? [.. Pattern.Matches(QuotedWords.Blank(text)).Select(Create)] : [];
    }

    /// <summary>The text with something else in place of each mention.</summary>
    public static string Replace(string text, Func<CastMention, string> replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        var replaced = new StringBuilder(text);
        foreach (var mention in Find(text).Reverse())
        {
            replaced.Remove(mention.Index, mention.Length).Insert(mention.Index, replace(mention));
        }

        return replaced.ToString();
    }

    private static CastMention Create(Match match)
    {
        var variant = match.Groups["variant"].Value.TrimEnd('-', '_');
        var name = match.Groups["name"].Value;
        return variant is ""
            ? new CastMention(match.Index, 1 + name.TrimEnd('-', '_').Length, name.TrimEnd('-', '_'), null)
            : new CastMention(match.Index, 2 + name.Length + variant.Length, name, variant);
    }

    /// <summary>Not within a word, an address or a path (mira@example.com, example.com/@mira), and not the beginning of a domain (@example.com).</summary>
    [GeneratedRegex(
        @"(?<![\p{L}\p{M}\p{N}_.@/\\:-])@(?<name>\p{L}[\p{L}\p{M}\p{N}_-]*)(?:/(?<variant>\p{L}[\p{L}\p{M}\p{N}_-]*))?(?![\p{L}\p{M}\p{N}_@-])(?!\.[\p{L}\p{N}])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }
}
