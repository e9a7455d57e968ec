using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;

namespace GptImage2.Extensions.AI.Backend;

/// <summary>What is assumed of a generator. What a profile does not allow is refused before the generator is called, because most ignore what they cannot do.</summary>
public static class GeneratorProfiles
{
    /// <summary>
    /// For any generator: words alone, one image a call, three sizes that nearly every service draws, no quality or background to choose, and
    /// a price that is unknown, which spending caps refuse unless unpriced calls are allowed. Change with <c>with</c> what you know better.
    /// </summary>
    /// <param name="model">Sent as <see cref="ImageGenerationOptions.ModelId"/>.</param>
    public static ModelProfile CreateConservative(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var known = OpenAIModels.Resolve(OpenAIModels.Default);
        return known with
        {
            Model = model,
            Family = "unknown",
            // 1024x1024, 1536x1024 and 1024x1536.
            Sizes = new SizeRules
            {
                EdgeMultiple = 512,
                MinEdge = 1024,
                MaxEdge = 1536,
                MaxRatio = 2,
                MinPixels = 1024 * 1024,
                MaxPixels = 1536 * 1024,
                ExperimentalAbove = 1536 * 1024,
            },
            Qualities = [ImageQuality.Auto],
            Backgrounds = [ImageBackground.Auto],
            ChoosesFormat = true,
            MaxCount = 1,
            MaxReferences = 0,
            AcceptsMask = false,
            Inputs = known.Inputs with { Formats = [ImageFormat.Png] },
            MaxPromptLength = 4_000,
            Released = null,
            Tariff = new Tariff.Unknown(),
        };
    }

    /// <summary>
    /// For the generator of Microsoft.Extensions.AI.OpenAI, <c>AsIImageGenerator()</c> of OpenAI's client. It passes on the prompt, the number, the
    /// size, the format and the first image; further images, a mask, quality and background it drops (its source as of 2026-08). Prices are the model's.
    /// </summary>
    /// <param name="model">The model of the client.</param>
    public static ModelProfile CreateForOpenAI(string model) => OpenAIModels.Resolve(model) with
    {
        Qualities = [ImageQuality.Auto],
        Backgrounds = [ImageBackground.Auto],
        ChoosesFormat = true,
        DrawsTransparency = false,
        MaxReferences = 1,
        AcceptsMask = false,
    };
}
