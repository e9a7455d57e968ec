using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Prompts.Guides;

/// <summary>A model profile in words, one line a thing, for topics and guides alike.</summary>
internal static class ModelProfileText
{
    /// <summary>What the user sets to let calls through whose price is unknown.</summary>
    public const string AllowUnpriced = "GPTIMAGE2_SPENDING__UNPRICED=allow";

    /// <summary>What the user sets to give credits a price.</summary>
    public const string UsdPerCredit = "GPTIMAGE2_SPENDING__USDPERCREDIT";

    public static string FormatSizeRule(SizeRules rules) =>
        $"Any width and height work that are multiples of {rules.EdgeMultiple} from {rules.MinEdge} to {rules.MaxEdge}, at most {rules.MaxRatio}:1, " +
        $"with {rules.MinPixels:N0} to {rules.MaxPixels:N0} pixels in all.";

    /// <summary>A size, with the USD of one image in each quality that has a price.</summary>
    public static string FormatPreset(SizePreset preset, ModelProfile priced)
    {
        string[] prices = [.. GetPrices(preset.Size, priced).Select(price => $" {price.Quality.Name} ${price.Usd:0.0000}")];
        return $"{preset.Name} {preset.Size}{(prices is [] ? "" : ":")}{string.Concat(prices)}{(preset.Size.PixelCount > priced.Sizes.ExperimentalAbove ? " (experimental size)" : "")}";
    }

    /// <summary>USD of one image, without its prompt, in each quality that has a price.</summary>
    public static IEnumerable<(ImageQuality Quality, decimal Usd)> GetPrices(Dimensions size, ModelProfile priced) =>
        from quality in priced.Qualities
        let usd = PriceCalculator.EstimateImage(priced, size, quality)
        where usd is not null
        select (quality, usd.Value);

    /// <summary>A model to choose from.</summary>
    public static string FormatModel(ModelProfile profile) =>
        $"{profile.Model}{(profile.Released is { } day ? $", released {day:yyyy-MM-dd}" : "")}: qualities {FormatQualities(profile)}; {FormatPrice(profile)}";

    /// <summary>A backend with the model that it is set to.</summary>
    public static string FormatBackend(IImageBackend backend) =>
        $"{backend.Name} with {backend.Profile.Model}{(backend.Notice is null ? "" : " (free sketches)")}: {FormatReferences(backend.Profile)} and up to {backend.Profile.MaxCount} images a call"
        + $"{(backend.Profile.AcceptsMask ? "" : ", no inpaint_region")}{(backend.Notice is null ? $"; {FormatPrice(backend.Profile)}{FormatRate(backend.Profile)}" : "")}.";

    /// <summary>How many references an edit may have, in words.</summary>
    public static string FormatReferences(ModelProfile profile) => profile.MaxReferences switch
    {
        0 => "no references",
        1 => "1 reference",
        var most => $"up to {most} references",
    };

    /// <summary>What is to be known of prices beside the table of them, or in its place: a sentence.</summary>
    public static string FormatTariff(Tariff tariff) => tariff switch
    {
        Tariff.Free => "Images are free.",
        Tariff.Quoted => "Calls are billed in credits of the service; dry_run: true names their number.",
        Tariff.PerToken { Formula: not null } => "The prompt adds next to nothing.",
        Tariff.PerToken => "No price formula is published; the result says what a call cost.",
        _ => "What an image costs is unknown here.",
    };

    /// <summary>What it costs, as far as that is known before a call.</summary>
    private static string FormatPrice(ModelProfile profile) => profile.Tariff switch
    {
        Tariff.Free => "free",
        Tariff.Quoted => "billed in credits, of which dry_run: true names the number",
        Tariff.PerToken => PriceCalculator.EstimateImage(profile, SizePreset.Square.Size, ImageQuality.Medium) is { } usd ? $"a medium square ${usd:0.0000}" : "no published price formula",
        _ => "its price is unknown",
    };

    private static string FormatRate(ModelProfile profile) => profile.Tariff switch
    {
        Tariff.Quoted { UsdPerCredit: { } rate } => $" (one costs ${rate:0.####})",
        Tariff.Quoted => $" (what one costs is not set: {UsdPerCredit})",
        _ => "",
    };

    public static string FormatQualities(ModelProfile profile) => string.Join(", ", profile.Qualities.Select(quality => quality.Name));

    public static string FormatFormats(ModelProfile profile) => string.Join(", ", profile.Formats.Select(format => format.Name));

    /// <summary>When to choose a role, and what the server then tells the model.</summary>
    public static string FormatRole(ReferenceRole role) => $"{role.Name} ({role.Purpose}): \"Image 1 is {role.PromptText}\"";
}
