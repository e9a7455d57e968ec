using GptImage2.Generation.Models;

namespace GptImage2.Backends.OpenAI.Models;

/// <summary>The model families as OpenAI serves them, compiled in. Sources: OpenAI's API reference, image guide, model and deprecation pages, read by 2026-11-22.</summary>
public static class OpenAIModels
{
    public const string Default = "gpt-image-2";

    /// <summary>USD per million tokens; the same for 2, 2.5 and 2.6 (OpenAI's pricing page, 2026-11).</summary>
    private static readonly TokenPrices Prices = new(TextIn: 5, ImageIn: 8, ImageOut: 30);

    /// <summary>The calculator of OpenAI's image generation guide, for 2 and 2.5.</summary>
    private static readonly TokenFormula Formula2 = new(new Dictionary<ImageQuality, int>
    {
        [ImageQuality.Low] = 16,
        [ImageQuality.Medium] = 48,
        [ImageQuality.High] = 96,
    });

    private static readonly TokenFormula Formula25 = new(new Dictionary<ImageQuality, int>
    {
        [ImageQuality.Low] = 16,
        [ImageQuality.Medium] = 24,
        [ImageQuality.High] = 48,
        [ImageQuality.Xhigh] = 64,
        [ImageQuality.Max] = 96,
    });

    private static readonly ModelProfile GptImage2 = new()
    {
        Model = Default,
        Family = Default,
        Sizes = new SizeRules
        {
            EdgeMultiple = 16,
            // No shorter edge reaches 655,360 pixels within 3:1; a test derives it.
            MinEdge = 480,
            MaxEdge = 3840,
            MaxRatio = 3,
            MinPixels = 655_360,
            MaxPixels = 8_294_400,
            ExperimentalAbove = 2560 * 1440,
        },
        Qualities = [ImageQuality.Auto, ImageQuality.Low, ImageQuality.Medium, ImageQuality.High],
        Backgrounds = [ImageBackground.Auto, ImageBackground.Opaque, ImageBackground.Transparent],
        Formats = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp],
        MaxCount = 10,
        MaxReferences = 16,
        MaxPromptLength = 32_000,
        Inputs = new InputRules
        {
            Formats = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp],
            MaxBytes = 50_000_000,
            MaxMaskBytes = 4_000_000,
            PatchEdge = 32,
            MaxPatches = 1536,
            MagnifiedEdge = 1024,
        },
        Released = new(2026, 4, 21),
        Tariff = new Tariff.PerToken(Prices, Formula2),
    };

    private static readonly ModelProfile GptImage25 = GptImage2 with
    {
        Family = "gpt-image-2.5",
        Qualities = [.. GptImage2.Qualities, ImageQuality.Xhigh, ImageQuality.Max],
        DrawsTransparency = true,
        Released = new(2026, 9, 8),
        Tariff = new Tariff.PerToken(Prices, Formula25),
    };

    private static readonly ModelProfile GptImage26 = GptImage25 with
    {
        Family = "gpt-image-2.6",
        Released = new(2026, 11, 4),
        Tariff = new Tariff.PerToken(Prices, Formula: null) { CeilingFormulas = [Formula2, Formula25] },
        Warning = "No formula for this model's tokens is published, so calls are shown without an estimate; size rules are those of gpt-image-2.5.",
    };

    private static readonly ModelProfile GptImage15 = GptImage2 with
    {
        Family = "gpt-image-1.5",
        Shutdown = new(2026, 12, 1),
        Released = null,
        Tariff = new Tariff.Unknown(),
        Warning = "This model is switched off on 2026-12-01; use gpt-image-2.6-flare or gpt-image-2. It draws only 1024x1024, 1536x1024 and 1024x1536.",
    };

    /// <summary>Families by the beginning of a model id, most particular first.</summary>
    private static readonly (string Prefix, ModelProfile Profile)[] Families =
    [
        ("gpt-image-2.6-", GptImage26),
        ("gpt-image-2.5-", GptImage25),
        ("gpt-image-2", GptImage2),
        ("gpt-image-1.5", GptImage15),
        ("gpt-image-1-mini", GptImage15 with { Family = "gpt-image-1-mini" }),
        ("chatgpt-image-latest", GptImage15 with { Family = "chatgpt-image-latest" }),
    ];

    private static readonly Dictionary<string, string> Replacements = new(StringComparer.Ordinal)
    {
        ["gpt-image-1"] = "gpt-image-2.6-flare",
        ["dall-e-2"] = "gpt-image-2.6-flare",
        ["dall-e-3"] = "gpt-image-2.6-sunburst",
    };

    /// <summary>The families to choose from today, with a representative id each.</summary>
    public static IReadOnlyList<ModelProfile> Current { get; } =
    [
        GptImage2,
        GptImage25 with { Model = "gpt-image-2.5-flare" },
        GptImage26 with { Model = "gpt-image-2.6-flare" },
    ];

    /// <summary>The families that the vendor has given a day of shutdown, with a representative id each.</summary>
    public static IReadOnlyList<ModelProfile> Retiring { get; } =
        [.. Families.Where(family => family.Profile.Shutdown is not null).Select(family => family.Profile with { Model = family.Prefix })];

    /// <summary>Ids that no longer exist on any day.</summary>
    public static IReadOnlyList<string> Retired { get; } = [.. Replacements.Keys];

    /// <summary>What to use instead of a model that no longer exists, or null when it does.</summary>
    /// <param name="today">The day to judge by: a model is gone on its day of shutdown.</param>
    public static string? FindReplacement(string model, DateOnly today) =>
        Replacements.GetValueOrDefault(model) ?? (Resolve(model).Shutdown <= today ? "gpt-image-2.6-flare" : null);

    /// <summary>The profile for any id: dated snapshots by their family, an unknown id by gpt-image-2's rules without a price.</summary>
    public static ModelProfile Resolve(string model)
    {
        var (_, known) = Families.FirstOrDefault(family => MatchesPrefix(model, family.Prefix));
        return known is not null ? known with { Model = model } : GptImage2 with
        {
            Model = model,
            Family = "unknown",
            Released = null,
            Tariff = new Tariff.Unknown(),
            Warning = $"The model '{model}' is not known here: gpt-image-2's rules apply, and its price is unknown.",
        };
    }

    private static bool MatchesPrefix(string model, string prefix) =>
        model.StartsWith(prefix, StringComparison.Ordinal)
        && (prefix.EndsWith('-') || model.Length == prefix.Length || model[prefix.Length] == '-');
}
