namespace GptImage2.Mcp.Tools.Help;

/// <summary>Topics by the words that people use for them.</summary>
internal static class TopicAliases
{
    private static readonly Dictionary<string, string> Topics = new (string Topic, string[] Words)[]
    {
        ("sizes", ["size", "price", "prices", "pricing", "preset", "presets", "aspect", "ratio", "ratios", "resolution", "resolutions", "dimensions", "pixels"]),
        ("spending", ["spend", "spent", "billing", "bill", "usage", "money", "ledger"]),
        ("quality-and-cost", ["cost", "costs", "budget", "cheap", "quality", "cap", "caps", "job", "jobs", "running", "cancel"]),
        ("models", ["model"]),
        ("limits", ["limit"]),
        ("model-limits", ["format", "formats", "canvas"]),
        ("roles", ["role"]),
        ("character-turnaround", ["turnaround", "sheet", "turnarounds"]),
        ("cast", ["mention", "mentions", "names", "props", "places"]),
        ("reference-roles", ["reference", "references"]),
        ("inpainting", ["inpaint", "mask", "masks", "region", "regions", "edit", "editing", "outpainting"]),
        ("character-consistency", ["character", "characters", "consistency", "consistent", "identity", "face", "faces", "seed"]),
        ("text-in-images", ["text", "typography", "lettering", "font", "fonts", "words"]),
        ("known-limitations", ["animation", "animated", "video", "gif", "movie", "limitations", "layers", "psd", "svg", "vector", "negative", "time", "slow", "error", "errors"]),
        ("transparent-asset", ["transparent", "transparency", "alpha", "logo", "icon", "sticker"]),
        ("cutouts", ["cutout", "cut", "background", "matting", "matte", "holes"]),
        ("exact-text-poster", ["poster", "flyer", "banner"]),
        ("product-mockup", ["product", "mockup", "packshot", "packaging"]),
        ("ui-mock", ["ui", "interface", "app", "screen", "website"]),
        ("comic-page", ["comic", "manga"]),
        ("storyboard", ["storyboards", "board", "frames", "shots"]),
        ("photoreal", ["photo", "photograph", "photorealistic", "realistic"]),
        ("guides", ["guide", "help", "docs", "documentation"]),
        ("templates", ["template", "example", "examples", "recipe", "recipes", "workflow", "workflows"]),
    }
    .SelectMany(entry => entry.Words.Select(word => (word, entry.Topic)))
    .ToDictionary(pair => pair.word, pair => pair.Topic, StringComparer.Ordinal);

    /// <returns>The topic that is meant, or null.</returns>
    /// <param name="known">Every topic that there is.</param>
    public static string? Find(string written, IReadOnlyList<string> known)
    {
        string[] words = [.. written.ToLowerInvariant().Split([' ', '-', '_', '/', ','], StringSplitOptions.RemoveEmptyEntries)];
        return known.FirstOrDefault(topic => topic == string.Join('-', words))
            ?? words.Select(word => Topics.GetValueOrDefault(word)).FirstOrDefault(topic => topic is not null && known.Contains(topic));
    }
}
