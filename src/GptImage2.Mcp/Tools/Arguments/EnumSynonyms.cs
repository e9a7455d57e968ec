namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Tells which of the legal values is meant by one that is not.</summary>
internal static class EnumSynonyms
{
    /// <summary>Our values, and what other image services call the same thing.</summary>
    private static readonly (string Ours, string[] Theirs)[] Groups =
    [
        ("high", ["hd", "ultra", "best"]),
        ("medium", ["standard", "normal", "default"]),
        ("low", ["draft", "fast"]),
        ("transparent", ["none", "alpha"]),
        ("opaque", ["solid", "white"]),
        ("square", ["1:1", "1024x1024"]),
        ("square_large", ["2048x2048"]),
        ("portrait", ["2:3", "1024x1536"]),
        ("landscape", ["3:2", "1536x1024"]),
        ("wide_hd", ["16:9", "2048x1152"]),
        ("tall_hd", ["9:16", "1152x2048"]),
        ("wide_4k", ["4k", "3840x2160"]),
        ("tall_4k", ["2160x3840"]),
        ("fractions", ["percent", "relative", "normalized"]),
        ("pixels", ["px", "absolute"]),
        ("rectangle", ["box", "square"]),
        ("ellipse", ["circle", "oval"]),
        ("polygon", ["lasso", "freeform"]),
        ("keep", ["original", "preserve", "unchanged"]),
        ("identity", ["face", "character", "person", "subject"]),
        ("base", ["source", "edit", "target", "main"]),
        ("object", ["product", "content", "item", "prop", "base"]),
        ("environment", ["background", "scene", "location", "place", "setting"]),
        ("layout", ["pose", "composition", "sketch"]),
        ("style", ["palette", "look"]),
    ];

    private static readonly Dictionary<string, string> Synonyms = Groups
        .SelectMany(group => group.Theirs.Select(name => (name, group.Ours)))
        .ToDictionary(pair => pair.name, pair => pair.Ours, StringComparer.OrdinalIgnoreCase);

    /// <returns>One of the known values: the same by another name, else the one most like it in spelling.</returns>
    public static string FindNearest(string written, IReadOnlyList<string> known) =>
        Synonyms.TryGetValue(written.Trim(), out var synonym) && known.Contains(synonym)
            ? synonym
            : EditDistance.FindNear(written, known) ?? EditDistance.FindNearest(written, known);
}
