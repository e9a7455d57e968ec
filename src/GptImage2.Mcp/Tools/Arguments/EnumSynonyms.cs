namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Tells which of the legal values is meant by one that is not.</summary>
internal static class EnumSynonyms
{
    /// <summary>Our values, and what other image services call the same thing.</summary>
    private static readonly (string Ours, string[] Theirs)[] Groups =
    [
        ("high", ["hd", "ultra", "best", "max", "maximum", "highest", "premium", "excellent", "4k", "xhigh"]),
        ("medium", ["standard", "normal", "default", "mid", "average", "balanced"]),
        ("low", ["draft", "fast", "lowest", "minimum", "preview", "cheap"]),
        ("transparent", ["none", "alpha"]),
        ("translucent", ["translucency", "semi-transparent", "semitransparent", "see-through", "glass", "smoke", "glow", "dual"]),
        ("true", ["transparent", "opaque", "key", "auto", "cutout"]),
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
        ("key", ["flat", "plain", "colour", "color", "chroma", "chroma_key", "chromakey", "green_screen", "matting"]),
        ("model", ["ai", "ml", "neural", "rembg", "birefnet", "isnet", "u2net", "u2netp", "modnet", "onnx", "segmentation"]),
        ("auto", ["ai", "local", "automatic"]),
        ("png", ["jpeg", "jpg", "bmp", "tiff"]),
        ("preview", ["thumbnail", "small", "medium", "yes"]),
        ("full", ["large", "original_size", "file", "max"]),
        ("none", ["no", "hidden", "off"]),
        ("keep", ["original", "preserve", "unchanged"]),
        ("character", ["person", "animal", "creature", "figure", "hero", "human"]),
        ("place", ["location", "scene", "setting", "environment", "background"]),
        ("prop", ["object", "item", "thing", "vehicle", "costume"]),
        ("identity", ["face", "character", "person", "subject"]),
        ("base", ["source", "edit", "target", "main"]),
        ("object", ["product", "content", "item", "prop", "base", "logo", "thing", "reference"]),
        ("environment", ["background", "scene", "location", "place", "setting"]),
        ("layout", ["pose", "composition", "sketch"]),
        ("style", ["palette", "look"]),
        ("animatic", ["mp4", "gif", "webp", "video", "animation", "json", "cuts"]),
        ("pdf_pages", ["pages"]),
        ("panels", ["images", "frames"]),
    ];

    /// <returns>One of the known values: the same by another name, else one that is nearly spelled so; null where none may have been meant.</returns>
    public static string? FindNearest(string written, IReadOnlyList<string> known) =>
        Groups.Where(group => group.Theirs.Contains(written.Trim(), StringComparer.OrdinalIgnoreCase)).Select(group => group.Ours).FirstOrDefault(known.Contains)
        ?? EditDistance.FindNear(written.Trim(), known);
}
