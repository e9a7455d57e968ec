namespace GptImage2.Generation.Requests.Mentions;

/// <summary>Where a prompt mentions the images of its call by their numbers: "Image 2", outside of quotes.</summary>
internal static partial class ImageMentions
{
    /// <summary>The numbers that are mentioned, in their order.</summary>
    public static IEnumerable<int> Find(string prompt) => Pattern.Matches(QuotedWords.Blank(prompt)).Select(match => int.Parse(match.Groups[1].ValueSpan));

    /// <summary>The prompt with other numbers, where images have come before those that it knows.</summary>
    public static string Renumber(string prompt, Func<int, int> renumber)
    {
        var text = new StringBuilder(prompt);
        foreach (var number in Pattern.Matches(QuotedWords.Blank(prompt)).Select(match => match.Groups[1]).Reverse())
        {
            text.Remove(number.Index, number.Length).Insert(number.Index, renumber(int.Parse(number.ValueSpan)));
        }

        return text.ToString();
    }

    /// <summary>Not a time, a ratio, a decimal, nor a count of several such as "image 1 of 4".</summary>
    [GeneratedRegex(@"\b(?:image|reference)\s+#?([0-9]{1,2})\b(?![:.,/][0-9])(?!\s+of\s+[0-9a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }
}
