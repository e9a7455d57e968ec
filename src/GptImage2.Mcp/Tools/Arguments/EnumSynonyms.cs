namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Tells which of the legal values is meant by one that is not.</summary>
internal static class EnumSynonyms
{
    /// <summary>Values of other image services, and ours for the same thing.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hd"] = "high",
        ["ultra"] = "high",
        ["best"] = "high",
        ["standard"] = "medium",
        ["normal"] = "medium",
        ["default"] = "medium",
        ["draft"] = "low",
        ["fast"] = "low",
        ["none"] = "transparent",
        ["alpha"] = "transparent",
        ["solid"] = "opaque",
        ["white"] = "opaque",
        ["1:1"] = "square",
        ["1024x1024"] = "square",
        ["2048x2048"] = "square_large",
        ["2:3"] = "portrait",
        ["1024x1536"] = "portrait",
        ["3:2"] = "landscape",
        ["1536x1024"] = "landscape",
        ["16:9"] = "wide_hd",
        ["2048x1152"] = "wide_hd",
        ["9:16"] = "tall_hd",
        ["1152x2048"] = "tall_hd",
        ["4k"] = "wide_4k",
        ["3840x2160"] = "wide_4k",
        ["2160x3840"] = "tall_4k",
        ["percent"] = "fractions",
        ["relative"] = "fractions",
        ["normalized"] = "fractions",
        ["px"] = "pixels",
        ["absolute"] = "pixels",
        ["box"] = "rectangle",
        ["square"] = "rectangle",
        ["circle"] = "ellipse",
        ["oval"] = "ellipse",
        ["lasso"] = "polygon",
        ["freeform"] = "polygon",
        ["original"] = "keep",
        ["preserve"] = "keep",
        ["unchanged"] = "keep",
        ["face"] = "identity",
        ["character"] = "identity",
        ["person"] = "identity",
        ["subject"] = "identity",
        ["source"] = "base",
        ["edit"] = "base",
        ["target"] = "base",
        ["main"] = "base",
        ["product"] = "object",
        ["content"] = "object",
        ["item"] = "object",
        ["prop"] = "object",
        ["background"] = "environment",
        ["scene"] = "environment",
        ["location"] = "environment",
        ["place"] = "environment",
        ["setting"] = "environment",
        ["pose"] = "layout",
        ["composition"] = "layout",
        ["sketch"] = "layout",
        ["palette"] = "style",
        ["look"] = "style",
    };

    /// <returns>One of the known values: the same by another name, else the one most like it in spelling.</returns>
    public static string FindNearest(string written, IReadOnlyList<string> known) =>
        Synonyms.TryGetValue(written.Trim(), out var synonym) && known.Contains(synonym)
            ? synonym
            : EditDistance.FindNear(written, known) ?? EditDistance.FindNearest(written, known);
}
