namespace GptImage2.Generation.Requests.Mentions;

/// <summary>Words in quotes, which are to be drawn as they stand and mean nothing else.</summary>
internal static partial class QuotedWords
{
    /// <summary>The text with spaces in their place, so that everything else stays where it was.</summary>
    public static string Blank(string text) => Pattern.Replace(text, quoted => new string(' ', quoted.Length));

    [GeneratedRegex("""["“„«][^"”“»]*["”“»]|(?<!\w)['‘][^'’]*['’](?!\w)|「[^」]*」""", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }
}
