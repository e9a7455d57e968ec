using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Resources.Spending;

namespace GptImage2.Mcp.Tools.Help;

/// <summary>What the active profile allows and costs, and what was spent, by topic.</summary>
internal sealed class ModelInfoTopics(IImageBackend backend, SpendingOptions caps, SpendingSummary spending)
{
    private const string SpendingTopic = "spending";

    public static IReadOnlyList<string> TopicNames { get; } = ["sizes", "models", "limits", "roles", SpendingTopic];

    public async Task<(string Text, JsonObject Json)> GetAsync(string topic, CancellationToken cancellationToken) => topic switch
    {
        SpendingTopic => await DescribeSpendingAsync(cancellationToken),
        "models" => DescribeModels(),
        "limits" => DescribeLimits(),
        "roles" => DescribeRoles(),
        _ => DescribeSizes(),
    };

    private (string Text, JsonObject Json) DescribeSizes()
    {
        var priced = ModelProfileText.GetPricedProfile(backend.Profile);
        var text = new StringBuilder();
        var presets = new JsonArray();
        text.Append($"Sizes of {backend.Profile.Model}{(backend.Notice is null ? "" : " (this server draws free sketches; prices are the real model's)")}, USD for one image:");
        foreach (var preset in SizePreset.All)
        {
            text.Append($"\n{ModelProfileText.FormatPreset(preset, priced)}");
            var usd = new JsonObject();
            foreach (var (quality, price) in ModelProfileText.GetPrices(preset.Size, priced))
            {
                usd[quality.Name] = decimal.Round(price, 4);
            }

            presets.Add((JsonNode)new JsonObject { ["name"] = preset.Name, ["width"] = preset.Size.Width, ["height"] = preset.Size.Height, ["usd"] = usd });
        }

        text.Append($"\n{ModelProfileText.FormatSizeRule(backend.Profile.Sizes)} The prompt adds next to nothing.{DescribeCap()}");
        return (text.ToString(), new JsonObject { ["presets"] = presets });
    }

    private static (string Text, JsonObject Json) DescribeModels()
    {
        var text = new StringBuilder("The user chooses the model with GPTIMAGE2_MODEL:");
        var models = new JsonArray();
        foreach (var profile in KnownModels.Current)
        {
            text.Append($"\n{ModelProfileText.FormatModel(profile)}");
            models.Add((JsonNode)new JsonObject { ["model"] = profile.Model, ["qualities"] = new JsonArray([.. profile.Qualities.Select(quality => (JsonNode)quality.Name)]) });
        }

        return (text.ToString(), new JsonObject { ["models"] = models });
    }

    private (string Text, JsonObject Json) DescribeLimits()
    {
        var profile = backend.Profile;
        var text =
            $"""
            Limits of {profile.Model} ({backend.Name}): {ModelProfileText.FormatSizeRule(profile.Sizes)}
            Above {profile.Sizes.ExperimentalAbove:N0} pixels is experimental. 1 to {profile.MaxCount} images a call, 1 to {profile.MaxReferences} references. inpaint_region takes images of any size. Prompt up to {profile.MaxPromptLength:N0} characters. Formats {ModelProfileText.FormatFormats(profile)}.{DescribeCap()}{(profile.Warning is null ? "" : $"\nNote: {profile.Warning}")}
            """;
        return (text, new JsonObject
        {
            ["edge_multiple"] = profile.Sizes.EdgeMultiple,
            ["min_edge"] = profile.Sizes.MinEdge,
            ["max_edge"] = profile.Sizes.MaxEdge,
            ["max_ratio"] = profile.Sizes.MaxRatio,
            ["min_pixels"] = profile.Sizes.MinPixels,
            ["max_pixels"] = profile.Sizes.MaxPixels,
            ["max_count"] = profile.MaxCount,
            ["max_references"] = profile.MaxReferences,
            ["max_prompt_length"] = profile.MaxPromptLength,
        });
    }

    private (string Text, JsonObject Json) DescribeRoles()
    {
        var roles = Enum.GetValues<ReferenceRole>();
        var text = new StringBuilder();
        text.Append($"Roles of references, 1 to {backend.Profile.MaxReferences} images in edit_with_references. The server writes one line about each into the prompt:");
        foreach (var role in roles)
        {
            text.Append($"\n{ModelProfileText.FormatRole(role)}");
        }

        text.Append("\nAt most one base. Without a role an image is an object. note adds words to its line. In inpaint_region image is Image 1 and the base; references begin at Image 2.");
        return (text.ToString(), new JsonObject { ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role.Name)]) });
    }

    private async Task<(string Text, JsonObject Json)> DescribeSpendingAsync(CancellationToken cancellationToken)
    {
        var (text, json) = await spending.ReportAsync(cancellationToken);
        return (text, new JsonObject { [SpendingTopic] = json });
    }

    private string DescribeCap() => caps.PerCallUsd is { } cap ? $" A call may cost at most ${cap:0.00}." : "";
}
