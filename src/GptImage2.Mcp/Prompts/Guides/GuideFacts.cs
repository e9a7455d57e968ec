using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Prompts.Guides;

/// <summary>What the variables of the guides are filled with: the active profile, what it costs, and what the user has set.</summary>
internal sealed class GuideFacts(BackendRegistry backends, SpendingOptions spending)
{
    private const string UsualSetting = "GPTIMAGE2_MODEL";

    /// <summary>Every fact a guide may name, those that do not apply now among them.</summary>
    public IReadOnlyList<string> Names => [.. CreateFacts().Select(fact => fact.Name)];

    /// <summary>The facts that apply now, by name; none is empty. A backend may learn only at work which model it has.</summary>
    public IReadOnlyDictionary<string, string> All => CreateFacts()
        .Where(fact => !string.IsNullOrEmpty(fact.Value))
        .ToDictionary(fact => fact.Name, fact => fact.Value!);

    private IEnumerable<(string Name, string? Value)> CreateFacts() => CreateFacts(backends, backends.Default, backends.Default.Profile, spending);

    private static IEnumerable<(string Name, string? Value)> CreateFacts(BackendRegistry backends, IImageBackend backend, ModelProfile profile, SpendingOptions spending) =>
    [
        ("backend", backend.Name),
        ("notice", backend.Notice),
        .. ModelFacts(profile),
        .. SizeFacts(profile.Sizes),
        .. LimitFacts(profile),
        .. PriceFacts(profile.Priced),
        ("cap", spending.PerCallUsd is { } cap ? FormatUsd(cap, "0.00") : null),
        ("daily_cap", spending.DailyUsd is { } daily ? FormatUsd(daily, "0.00") : null),
        ("confirm", spending.ConfirmUsd is { } confirm ? FormatUsd(confirm, "0.00") : null),
        ("unpriced_refused", profile.Tariff is Tariff.Unknown && spending.RefusesUnpriced ? ModelProfileText.AllowUnpriced : null),
        ("credits_refused", profile.Tariff is Tariff.Quoted { UsdPerCredit: null } && spending.RefusesUnpriced ? ModelProfileText.UsdPerCredit : null),
        ("quoted", profile.Tariff is Tariff.Quoted ? "yes" : null),
        ("vendor_lists", backend.Name is "openai" or "azure" or "sketch" ? "yes" : null),
        ("background_model", backends.BackgroundModel?.Profile.Model),
        ("background_service", backends.BackgroundService?.Name),
        ("other_setting", backends.FindModelSetting(backend) is { } setting and not UsualSetting ? setting : null),
        .. ModelListFacts(backends.ListModels(backend)),
    ];

    private static IEnumerable<(string Name, string? Value)> ModelFacts(ModelProfile profile) =>
    [
        ("model", profile.Model),
        ("released", FormatDay(profile.Released)),
        ("shutdown", FormatDay(profile.Shutdown)),
        ("profile_warning", profile.Warning),
        ("draws_transparency", profile.DrawsTransparency ? "yes" : null),
        ("previews_transparency", !profile.DrawsTransparency && profile.Backgrounds.Contains(ImageBackground.Transparent) ? "yes" : null),
    ];

    private static IEnumerable<(string Name, string? Value)> SizeFacts(SizeRules rules) =>
    [
        ("size_rule", ModelProfileText.FormatSizeRule(rules)),
        ("edge_multiple", FormatNumber(rules.EdgeMultiple)),
        ("experimental_above", FormatNumber(rules.ExperimentalAbove)),
        ("smallest_square", FindSquareSizes(rules).First().ToString()),
        ("largest_square", FindSquareSizes(rules).Last().ToString()),
        ("presets_table", FormatLines(SizePreset.All.Select(preset => $"{preset.Name} {preset.Size}"))),
        ("experimental_presets", string.Join(", ", SizePreset.All.Where(preset => preset.Size.PixelCount > rules.ExperimentalAbove).Select(preset => preset.Name))),
    ];

    private static IEnumerable<(string Name, string? Value)> LimitFacts(ModelProfile profile) =>
    [
        ("max_count", FormatNumber(profile.MaxCount)),
        ("max_references", FormatNumber(profile.MaxReferences)),
        ("max_inpaint_references", FormatNumber(profile.MaxReferences - 1)),
        ("max_prompt_length", FormatNumber(profile.MaxPromptLength)),
        ("formats", ModelProfileText.FormatFormats(profile)),
        ("backgrounds", string.Join(", ", profile.Backgrounds.Select(background => background.Name))),
        ("qualities", ModelProfileText.FormatQualities(profile)),
        ("above_high", string.Join(", ", profile.Qualities.Where(quality => quality > ImageQuality.High).Select(quality => quality.Name))),
        ("roles_table", FormatLines(Enum.GetValues<ReferenceRole>().Select(ModelProfileText.FormatRole))),
    ];

    /// <summary>In USD. A model whose price is unknown has none of these.</summary>
    private static IEnumerable<(string Name, string? Value)> PriceFacts(ModelProfile priced)
    {
        var draft = PriceCalculator.EstimateImage(priced, SizePreset.Square.Size, ImageQuality.Low);
        var final = PriceCalculator.EstimateImage(priced, SizePreset.Square.Size, ImageQuality.High);
        return
        [
            ("tariff", ModelProfileText.FormatTariff(priced.Tariff)),
            ("billed", priced.Tariff is Tariff.Free ? null : "yes"),
            ("price_table", draft is null ? null : FormatLines(SizePreset.All.Select(preset => ModelProfileText.FormatPreset(preset, priced)))),
            ("four_drafts_price", FormatUsd(4 * draft)),
            ("final_price", FormatUsd(final)),
            ("four_finals_price", FormatUsd(4 * final)),
            ("reference_price", priced.Tariff is Tariff.PerToken { Prices.ImageIn: var price } ? FormatUsd(priced.Inputs.MaxPatches * price / 1_000_000) : null),
        ];
    }

    private static IEnumerable<(string Name, string? Value)> ModelListFacts(IReadOnlyList<ModelProfile> models) =>
    [
        ("default_model", OpenAIModels.Default),
        ("models_table", FormatLines(models.Select(ModelProfileText.FormatModel))),
        ("transparency_models", ListModels(models, profile => profile.DrawsTransparency)),
        ("unpriced_models", ListModels(models, profile => profile.Tariff is Tariff.Unknown or Tariff.PerToken { Formula: null })),
        ("ending_table", FormatLines(OpenAIModels.Retiring.Select(profile => $"{profile.Model} is switched off on {FormatDay(profile.Shutdown)}: choose {OpenAIModels.FindReplacement(profile.Model, profile.Shutdown!.Value)}"))),
        ("gone_models", string.Join(", ", OpenAIModels.Retired)),
    ];

    /// <summary>Smallest first.</summary>
    private static IEnumerable<Dimensions> FindSquareSizes(SizeRules rules) => rules.CandidatesNear(width => width).Where(size => size.Width == size.Height).Distinct();

    private static string ListModels(IReadOnlyList<ModelProfile> models, Func<ModelProfile, bool> which) => string.Join(", ", models.Where(which).Select(profile => profile.Model));

    private static string FormatLines(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => $"- {line}"));

    private static string FormatNumber(long number) => $"{number:N0}";

    private static string? FormatDay(DateOnly? day) => day?.ToString("yyyy-MM-dd");

    private static string? FormatUsd(decimal? usd, string format = "0.0000") => usd is { } price ? $"${price.ToString(format)}" : null;
}
