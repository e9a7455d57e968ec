using GptImage2.Generation.Cast;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Resources.Spending;
using GptImage2.Mcp.Results.Cast;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tools.Help;

/// <summary>What the active profile allows and costs, and what was spent, by topic.</summary>
internal sealed class ModelInfoTopics(BackendRegistry backends, SpendingOptions caps, SpendingSummary spending, CastStore cast)
{
    public const string SpendingTopic = "spending";

    private const string CastTopic = "cast";

    public static IReadOnlyList<string> TopicNames { get; } = ["sizes", "models", "limits", "roles", SpendingTopic, CastTopic];

    private IImageBackend Backend => backends.Default;

    public async Task<(string Text, JsonObject Json)> GetAsync(Caller caller, string topic, CancellationToken cancellationToken) => topic switch
    {
        SpendingTopic => await DescribeSpendingAsync(caller, cancellationToken),
        CastTopic => await DescribeCastAsync(caller, cancellationToken),
        "models" => DescribeModels(),
        "limits" => DescribeLimits(),
        "roles" => DescribeRoles(),
        _ => DescribeSizes(),
    };

    private (string Text, JsonObject Json) DescribeSizes()
    {
        var priced = Backend.Profile.Priced;
        var note = Backend.Notice is null ? "" : " (this server draws free sketches; prices are the real model's)";
        string[] lines =
        [
            $"Sizes of {Backend.Profile.Model}{note}{(priced.Tariff is Tariff.PerToken { Formula: not null } ? ", USD for one image" : "")}:",
            .. SizePreset.All.Select(preset => ModelProfileText.FormatPreset(preset, priced)),
            $"{ModelProfileText.FormatSizeRule(Backend.Profile.Sizes)} {ModelProfileText.FormatTariff(priced.Tariff)}{DescribeCap(priced.Tariff)}",
        ];
        var presets = SizePreset.All.Select(preset => (JsonNode)new JsonObject
        {
            ["name"] = preset.Name,
            ["width"] = preset.Size.Width,
            ["height"] = preset.Size.Height,
            ["usd"] = new JsonObject(ModelProfileText.GetPrices(preset.Size, priced)
                .Select(price => KeyValuePair.Create(price.Quality.Name, (JsonNode?)decimal.Round(price.Usd, 4)))),
        });
        return (string.Join('\n', lines), new JsonObject { ["presets"] = new JsonArray([.. presets]) });
    }

    private (string Text, JsonObject Json) DescribeModels()
    {
        var choices = backends.ListModels(Backend);
        string[] lines =
        [
            backends.Models is [_] ? $"In use: {ModelProfileText.FormatBackend(Backend)}" : "In use, each where those before it failed unbilled and it can do the same:",
            .. backends.Models is [_] ? [] : backends.Models.Select((backend, index) => $"{index + 1}. {ModelProfileText.FormatBackend(backend)}"),
            .. backends.BackgroundModel is { } local ? [$"remove_background with method: {BackgroundRemovalMethod.Model} is done by {local.Profile.Model} on this machine, free."] : Array.Empty<string>(),
            .. backends.BackgroundService is { } remover ? [$"remove_background with method: {BackgroundRemovalMethod.Service} is done by {remover.Profile.Model} at {remover.Name}; dry_run: true names its price."] : Array.Empty<string>(),
            .. backends.FindModelSetting(Backend) is { } setting ? [$"The user chooses the model of {Backend.Name} with {setting}{(choices is [] ? "." : ":")}"] : Array.Empty<string>(),
            .. choices.Select(ModelProfileText.FormatModel),
        ];
        return (string.Join('\n', lines), new JsonObject
        {
            ["backends"] = new JsonArray([.. backends.Models.Select(backend => (JsonNode)ToJson(backend.Profile, backend.Name))]),
            ["models"] = new JsonArray([.. choices.Select(profile => (JsonNode)ToJson(profile))]),
        });
    }

    private static JsonObject ToJson(ModelProfile profile, string? backend = null) => new JsonObject
    {
        ["backend"] = backend,
        ["model"] = profile.Model,
        ["qualities"] = profile.Qualities.Select(quality => quality.Name).ToJsonArray(),
    }.WithoutNulls();

    private (string Text, JsonObject Json) DescribeLimits()
    {
        var profile = Backend.Profile;
        var text =
            $"""
            Limits of {profile.Model} ({Backend.Name}): {ModelProfileText.FormatSizeRule(profile.Sizes)}
            Above {profile.Sizes.ExperimentalAbove:N0} pixels is experimental. 1 to {profile.MaxCount} images a call, {ModelProfileText.FormatReferences(profile)}. {(profile.AcceptsMask ? "inpaint_region takes images of any size" : "inpaint_region is refused, because no masks are taken here")}. Prompt up to {profile.MaxPromptLength:N0} characters. Formats {ModelProfileText.FormatFormats(profile)}.{DescribeCap(profile.Priced.Tariff)}{(profile.Warning is null ? "" : $"\nNote: {profile.Warning}")}
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
        string[] lines =
        [
            $"Roles of references ({ModelProfileText.FormatReferences(Backend.Profile)} in edit_with_references). The server writes one line about each into the prompt:",
            .. roles.Select(ModelProfileText.FormatRole),
            "At most one base. Without a role an image is an object, and a single one the base. note adds words to its line. " +
                "In inpaint_region image is Image 1 and the base; references begin at Image 2.",
        ];
        return (string.Join('\n', lines), new JsonObject { ["roles"] = roles.Select(role => role.Name).ToJsonArray() });
    }

    private async Task<(string Text, JsonObject Json)> DescribeCastAsync(Caller caller, CancellationToken cancellationToken)
    {
        var entries = await cast.ListAsync(caller.Owner, cancellationToken);
        return (CastText.FormatList(entries), new JsonObject { [CastTopic] = new JsonArray([.. entries.Take(CastText.MaxDescribed).Select(entry => (JsonNode)CastText.ToJson(entry))]), ["total"] = entries.Count });
    }

    private async Task<(string Text, JsonObject Json)> DescribeSpendingAsync(Caller caller, CancellationToken cancellationToken)
    {
        var (text, json) = await spending.ReportAsync(caller, cancellationToken);
        return (text, new JsonObject { [SpendingTopic] = json });
    }

    /// <summary>What the user's caps mean for calls of such a price.</summary>
    private string DescribeCap(Tariff tariff) => tariff switch
    {
        Tariff.Free => "",
        Tariff.Quoted { UsdPerCredit: null } when caps.RefusesUnpriced => $" A spending cap in USD is set, and what a credit costs is not: calls are refused until the user sets {ModelProfileText.UsdPerCredit}, or {ModelProfileText.AllowUnpriced}.",
        Tariff.Unknown when caps.RefusesUnpriced => $" A spending cap is set: calls of unknown price are refused until the user sets {ModelProfileText.AllowUnpriced}.",
        Tariff.Quoted { UsdPerCredit: null } or Tariff.Unknown => "",
        _ => caps.PerCallUsd is { } cap ? $" A call may cost at most ${cap:0.00}." : "",
    };
}
