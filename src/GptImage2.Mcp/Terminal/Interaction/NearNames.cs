namespace GptImage2.Mcp.Terminal.Interaction;

/// <summary>What may have been meant by a name that there is not, in the words that end a refusal.</summary>
internal static class NearNames
{
    /// <returns>As in <c> Nearest: cursor.</c>, with the space before it; empty where nothing is near.</returns>
    public static string Describe(string written, IReadOnlyList<string> names) => Find(written, names) is [_, ..] near ? $" Nearest: {string.Join(" or ", near)}." : "";

    /// <summary>Those that begin so, else the one that is almost written so.</summary>
    public static IReadOnlyList<string> Find(string written, IReadOnlyList<string> names)
    {
        string[] begun = [.. names.Where(name => written is not "" && name.StartsWith(written, StringComparison.OrdinalIgnoreCase))];
        return begun is not [] ? begun : EditDistance.FindNear(written, names) is { } near ? [near] : [];
    }
}
