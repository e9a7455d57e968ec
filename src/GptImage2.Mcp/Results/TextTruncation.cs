namespace GptImage2.Mcp.Results;

/// <summary>Prompts on one line, cut between letters and never inside one.</summary>
internal static class TextTruncation
{
    /// <param name="longest">In Unicode code points, the ellipsis included.</param>
    public static string Truncate(string prompt, int longest)
    {
        var line = prompt.ReplaceLineEndings(" ").Trim();
        return line.Length <= longest ? line : string.Concat(line.EnumerateRunes().Take(longest - 1).Select(rune => rune.ToString())) + "…";
    }
}
