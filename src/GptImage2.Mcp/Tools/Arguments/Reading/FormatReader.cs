namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>File formats by their extensions and media types, and the truth about those that no image model writes.</summary>
internal static class FormatReader
{
    private static readonly string[] Animations = ["gif", "apng", "mp4", "mov", "webm", "avi", "mkv", "m4v", "video", "animation", "animated"];
    private static readonly string[] Layered = ["psd", "psb", "xcf", "kra", "ora", "tif", "tiff", "layers", "layered"];
    private static readonly string[] Vectors = ["svg", "eps", "pdf", "ai", "dxf", "vector"];

    public static void Read(ArgumentSet arguments)
    {
        if (arguments.Knows("compression") && arguments.Find("compression") is { ValueKind: JsonValueKind.Number } level && level.TryGetDouble(out var share) && share is > 0 and < 1)
        {
            arguments.Set("compression", (int)Math.Round(share * 100));
        }

        if (!arguments.Knows("format") || arguments.FindText("format") is not { } written)
        {
            return;
        }

        var name = written.Trim().TrimStart('.').ToLowerInvariant();
        name = name.StartsWith("image/", StringComparison.Ordinal) ? name["image/".Length..] : name;
        if (FindTruth(name) is { } truth)
        {
            arguments.Refuse("format", $"png, jpeg or webp, because {truth}", Violation.Quote(written), "png", new Repair("format", "png"));
        }
        else if (name is "jpg" or "jpe" or "jpeg" or "png" or "webp")
        {
            arguments.Set("format", name is "jpg" or "jpe" ? "jpeg" : name);
        }
    }

    /// <returns>Why no such file can be had, or null where nothing is known of it.</returns>
    public static string? FindTruth(string extension) =>
        Animations.Contains(extension) ? "there is no animation and no video here: one call draws still images"
        : Layered.Contains(extension) ? "there are no layers here: every image is flat"
        : Vectors.Contains(extension) ? "there are no vectors here: every image is made of pixels"
        : null;
}
