using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Prompts.Guides;

/// <summary>A model profile in words, one line a thing, for topics and guides alike.</summary>
internal static class ModelProfileText
{
    public static string FormatSizeRule(SizeRules rules) =>
        $"Any width and height work that are multiples of {rules.EdgeMultiple} from {rules.MinEdge} to {rules.MaxEdge}, at most {rules.MaxRatio}:1, " +
        $"with {rules.MinPixels:N0} to {rules.MaxPixels:N0} pixels in all.";

    /// <summary>A size with the USD of one image in each quality that has a price.</summary>
    public static string FormatPreset(SizePreset preset, ModelProfile priced)
    {
        var prices = GetPrices(preset.Size, priced).Select(price => $" {price.Quality.Name} ${price.Usd:0.0000}");
        return $"{preset.Name} {preset.Size}:{string.Concat(prices)}{(preset.Size.PixelCount > priced.Sizes.ExperimentalAbove ? " (experimental size)" : "")}";
    }

    /// <summary>USD of one image, without its prompt, in each quality that has a price.</summary>
    public static IEnumerable<(ImageQuality Quality, decimal Usd)> GetPrices(Dimensions size, ModelProfile priced) =>
        from quality in priced.Qualities
        let usd = PriceCalculator.EstimateImage(priced, size, quality)
        where usd is not null
        select (quality, usd.Value);

    public static string FormatModel(ModelProfile profile)
    {
        var square = PriceCalculator.EstimateImage(profile, SizePreset.Square.Size, ImageQuality.Medium) is { } usd
            ? $"${usd:0.0000}"
            : "has no published price formula";
        return $"{profile.Model}, released {profile.Released:yyyy-MM-dd}: qualities {FormatQualities(profile)}; a medium square {square}";
    }

    /// <summary>A backend with the model that it is set to.</summary>
    public static string FormatBackend(IImageBackend backend) =>
        $"{backend.Name} with {backend.Profile.Model}{(backend.Notice is null ? "" : " (free sketches)")}: up to {backend.Profile.MaxReferences} references and {backend.Profile.MaxCount} images a call.";

    public static string FormatQualities(ModelProfile profile) => string.Join(", ", profile.Qualities.Select(quality => quality.Name));

    public static string FormatFormats(ModelProfile profile) => string.Join(", ", profile.Formats.Select(format => format.Name));

    /// <summary>When to choose a role, and what the server then tells the model.</summary>
    public static string FormatRole(ReferenceRole role) => $"{role.Name} ({role.Purpose}): \"Image 1 is {role.PromptText}\"";
}
