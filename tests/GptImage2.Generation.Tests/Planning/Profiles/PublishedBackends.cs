using GptImage2.Backends.OpenAI.Azure;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.Scenario.Models;
using GptImage2.Testing.Compatible.Vendors;
using GptImage2.Testing.Contract;

namespace GptImage2.Generation.Tests.Planning.Profiles;

/// <summary>Every backend with a model of each family, and what its vendor publishes of it.</summary>
internal static class PublishedBackends
{
    private const string EveryQuality = "auto low medium high xhigh max";

    public static IReadOnlyList<PublishedRules> All { get; } =
    [
        new("openai-2", OpenAIModels.Resolve("gpt-image-2")),
        new("openai-2.5", OpenAIModels.Resolve("gpt-image-2.5-flare")) { Qualities = EveryQuality },
        new("openai-2.6", OpenAIModels.Resolve("gpt-image-2.6-sunburst")) { Qualities = EveryQuality },
        // Its how-to on image generation, 2026-04: png and jpeg alone.
        new("azure-2", AzureModels.Resolve("gpt-image-2")) { Formats = "png jpeg" },
        new("azure-2.5", AzureModels.Resolve("gpt-image-2.5-flare")) { Formats = "png jpeg", Qualities = EveryQuality },
        OfScenario("scenario-2", "model_openai-gpt-image-2"),
        OfScenario("scenario-2.5-flare", "model_openai-gpt-image-2-5-flare") with { Qualities = EveryQuality },
        OfScenario("scenario-2.5-sunburst", "model_openai-gpt-image-2-5-sunburst") with { Qualities = EveryQuality },
        OfLocal<UnknownServerVendor>("unknown"),
        OfLocal<SdServerVendor>("sd-server") with { MaxCount = 8 },
        OfLocal<LocalAIVendor>("localai"),
        OfLocal<VllmOmniVendor>("vllm-omni"),
        OfLocal<SgLangVendor>("sglang") with { TakesMask = false },
        OfLocal<TogetherVendor>("together") with { TakesMask = false, MaxCount = 4, MaxImages = 1 },
        // Both have OpenAI's own model behind them; OpenRouter takes no mask and is not asked for transparency.
        new("litellm", LiteLlmVendor.Traits.Profile),
        new("openrouter", OpenRouterVendor.Traits.Profile) { Backgrounds = "auto opaque", TakesMask = false },
    ];

    /// <summary>The input schema of GET /models/{id}, 2026-08 and 2026-10: edges of 16 to 3840, ten images. No edge is more than three times the other.</summary>
    private static PublishedRules OfScenario(string name, string model) =>
        new(name, ScenarioModels.Resolve(model)) { MinPixels = 16 * 16, MaxPixels = 3840 * 3840, MaxImages = 10 };

    /// <summary>Any diffusion model, within the limits that sd-server's capabilities name (its api.md, 2026-11).</summary>
    private static PublishedRules OfLocal<TVendor>(string name)
        where TVendor : IVendor =>
        new(name, TVendor.Traits.Profile) { MinEdge = 64, MaxEdge = 4096, MaxRatio = 8, MinPixels = 64 * 64, MaxPixels = 4096 * 4096, Backgrounds = "auto opaque" };
}
