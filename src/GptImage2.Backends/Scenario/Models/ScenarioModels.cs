using GptImage2.Generation.Models;

namespace GptImage2.Backends.Scenario.Models;

/// <summary>
/// The GPT Image models as Scenario serves them. Source: the input schemas that GET /models/{id} gives (the fixtures of Scenario's Blender
/// and Godot plugins, 2026-08 and 2026-10), and its page on third-party models.
/// </summary>
public static class ScenarioModels
{
    public const string Default = Prefix + "2";

    /// <summary>What OpenAI's ids begin with at Scenario.</summary>
    private const string Prefix = "model_openai-gpt-image-";

    /// <summary>Below this OpenAI itself draws nothing; Scenario takes smaller sizes, but no canvas is chosen among them without being asked.</summary>
    private const long MinChosenPixels = 655_360;

    private static readonly ModelProfile GptImage2 = new()
    {
        Model = Default,
        Family = "gpt-image-2",
        Sizes = new SizeRules
        {
            EdgeMultiple = 16,
            MinEdge = 16,
            MaxEdge = 3840,
            MaxRatio = 3,
            MinPixels = 16 * 16,
            MaxPixels = 3840 * 3840,
            MinChosenPixels = MinChosenPixels,
            ExperimentalAbove = 2560 * 1440,
        },
        Qualities = [ImageQuality.Auto, ImageQuality.Low, ImageQuality.Medium, ImageQuality.High],
        Backgrounds = [ImageBackground.Auto, ImageBackground.Opaque, ImageBackground.Transparent],
        Formats = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp],
        ChoosesFormat = true,
        MaxCount = 10,
        MaxReferences = 10,
        MaxPromptLength = 32_000,
        Inputs = new InputRules
        {
            Formats = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp],
            MaxBytes = 50_000_000,
            MaxMaskBytes = 50_000_000,
            PatchEdge = 32,
            MaxPatches = 1536,
            MagnifiedEdge = 1024,
        },
        Tariff = new Tariff.Quoted(UsdPerCredit: null),
    };

    private static readonly ModelProfile GptImage25 = GptImage2 with
    {
        Family = "gpt-image-2.5",
        Qualities = [.. GptImage2.Qualities, ImageQuality.Xhigh, ImageQuality.Max],
        DrawsTransparency = true,
    };

    /// <summary>The models to choose from.</summary>
    public static IReadOnlyList<ModelProfile> Current { get; } =
        [GptImage2, GptImage25 with { Model = Prefix + "2-5-flare" }, GptImage25 with { Model = Prefix + "2-5-sunburst" }];

    /// <summary>Scenario's id for OpenAI's own: gpt-image-2.5-flare is model_openai-gpt-image-2-5-flare. Its own ids stay as they are.</summary>
    public static string ToScenarioId(string model) =>
        model.StartsWith("model_", StringComparison.Ordinal) ? model
        : model.StartsWith("gpt-image-", StringComparison.Ordinal) ? Prefix + model["gpt-image-".Length..].Replace('.', '-')
        : model;

    /// <summary>The profile for any id, Scenario's or OpenAI's, or of a model that removes backgrounds; an unknown one by gpt-image-2's rules.</summary>
    public static ModelProfile Resolve(string model)
    {
        var id = ToScenarioId(model);
        return Current.FirstOrDefault(known => known.Model == id) ?? ScenarioRemovers.FindProfile(id) ?? GptImage2 with
        {
            Model = id,
            Family = "unknown",
            Warning = $"The model '{id}' of Scenario is not known here: the rules of {Default} apply.",
        };
    }
}
