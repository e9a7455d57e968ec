namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Our words, and those that others use for the same thing.</summary>
internal static class OtherWords
{
    /// <returns>Our word by any of theirs, whatever the case.</returns>
    public static Dictionary<string, string> ToDictionary(IEnumerable<(string Ours, string[] Theirs)> groups) => groups
        .SelectMany(group => group.Theirs.Select(word => (word, group.Ours)))
        .ToDictionary(pair => pair.word, pair => pair.Ours, StringComparer.OrdinalIgnoreCase);
}
