using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;

namespace GptImage2.Backends.OpenAI.Azure;

/// <summary>The model families as Azure serves them (its how-to on image generation, 2026-04): OpenAI's rules and prices, but png and jpeg alone.</summary>
public static class AzureModels
{
    /// <summary>The models to choose from, with a representative id each.</summary>
    public static IReadOnlyList<ModelProfile> Current { get; } = [.. OpenAIModels.Current.Select(profile => Resolve(profile.Model))];

    /// <summary>The profile of a deployed model.</summary>
    public static ModelProfile Resolve(string model) => OpenAIModels.Resolve(model) with
    {
        Formats = [ImageFormat.Png, ImageFormat.Jpeg],
        // Nothing says that it is more than a preview there, and gpt-image-2 was seen to refuse it.
        DrawsTransparency = false,
        DefaultQuality = ImageQuality.High,
    };

    /// <summary>The profile of a deployment of which only the name is known.</summary>
    public static ModelProfile ResolveUnknown(string deployment) => Resolve(OpenAIModels.Default) with
    {
        Warning = $"Which model the Azure deployment '{deployment}' has is not known: the rules and prices of {OpenAIModels.Default} apply. AZURE_OPENAI_MODEL says which it is.",
    };
}
