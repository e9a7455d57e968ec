using System.Globalization;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Guides;

/// <summary>What the holes of the guides are filled with: the active profile, what it costs, and what the user has set.</summary>
internal sealed class GuideFacts(IImageBackend backend, SpendingOptions spending)
{
    private const string AllowUnpriced = "GPTIMAGE2_SPENDING__UNPRICED=allow";

    private readonly Lazy<IReadOnlyList<(string Name, string? Value)>> _facts = new(() => [.. Facts(backend, backend.Profile, spending)]);

    /// <summary>Every fact a guide may name, those that do not apply now among them.</summary>
    public IReadOnlyList<string> Names => [.. _facts.Value.Select(fact => fact.Name)];

    /// <summary>The facts that apply now, by name; none is empty.</summary>
    public IReadOnlyDictionary<string, string> All => field ??= _facts.Value
        .Where(fact => !string.IsNullOrEmpty(fact.Value))
        .ToDictionary(fact => fact.Name, fact => fact.Value!);

    private static IEnumerable<(string Name, string? Value)> Facts(IImageBackend backend, ModelProfile profile, SpendingOptions spending) =>
    [
        ("backend", backend.Name),
        ("notice", backend.Notice),
        .. Model(profile),
        .. Sizes(profile.Sizes),
        .. Limits(profile),
        .. Prices(ProfileText.Priced(profile)),
        ("cap", spending.PerCallUsd is { } cap ? Usd(cap, "0.00") : null),
        ("daily_cap", spending.DailyUsd is { } daily ? Usd(daily, "0.00") : null),
        ("confirm", spending.ConfirmUsd is { } confirm ? Usd(confirm, "0.00") : null),
        ("unpriced_refused", profile.Tariff is Tariff.Unknown && spending is { PerCallUsd: not null, AllowUnpriced: false } ? AllowUnpriced : null),
        .. Models(),
    ];

    private static IEnumerable<(string Name, string? Value)> Model(ModelProfile profile) =>
    [
        ("model", profile.Model),
        ("released", Day(profile.Released)),
        ("shutdown", Day(profile.Shutdown)),
        ("profile_warning", profile.Warning),
        ("draws_transparency", profile.DrawsTransparency ? "yes" : null),
        ("previews_transparency", !profile.DrawsTransparency && profile.Backgrounds.Contains(ImageBackground.Transparent) ? "yes" : null),
    ];

    private static IEnumerable<(string Name, string? Value)> Sizes(SizeRules rules) =>
    [
        ("size_rule", ProfileText.SizeRule(rules)),
        ("edge_multiple", Number(rules.EdgeMultiple)),
        ("experimental_above", Number(rules.ExperimentalAbove)),
        ("smallest_square", Squares(rules).First().ToString()),
        ("largest_square", Squares(rules).Last().ToString()),
        ("presets_table", Lines(SizePreset.All.Select(preset => $"{preset.Name} {preset.Size}"))),
        ("experimental_presets", string.Join(", ", SizePreset.All.Where(preset => preset.Size.PixelCount > rules.ExperimentalAbove).Select(preset => preset.Name))),
    ];

    private static IEnumerable<(string Name, string? Value)> Limits(ModelProfile profile) =>
    [
        ("max_count", Number(profile.MaxCount)),
        ("max_references", Number(profile.MaxReferences)),
        ("max_inpaint_references", Number(profile.MaxReferences - 1)),
        ("max_prompt_length", Number(profile.MaxPromptLength)),
        ("formats", ProfileText.Formats(profile)),
        ("backgrounds", string.Join(", ", profile.Backgrounds.Select(background => background.Name))),
        ("qualities", ProfileText.Qualities(profile)),
        ("above_high", string.Join(", ", profile.Qualities.Where(quality => quality > ImageQuality.High).Select(quality => quality.Name))),
        ("roles_table", Lines(Enum.GetValues<ReferenceRole>().Select(ProfileText.Role))),
    ];

    /// <summary>In USD. A model whose price nobody can tell has none of these.</summary>
    private static IEnumerable<(string Name, string? Value)> Prices(ModelProfile priced)
    {
        var draft = PriceCalculator.EstimateImage(priced, SizePreset.Square.Size, ImageQuality.Low);
        var final = PriceCalculator.EstimateImage(priced, SizePreset.Square.Size, ImageQuality.High);
        return
        [
            ("price_table", draft is null ? null : Lines(SizePreset.All.Select(preset => ProfileText.Preset(preset, priced)))),
            ("four_drafts_price", Usd(4 * draft)),
            ("final_price", Usd(final)),
            ("four_finals_price", Usd(4 * final)),
            ("reference_price", priced.Tariff is Tariff.PerToken { Prices.ImageIn: var price } ? Usd(priced.Inputs.MaxPatches * price / 1_000_000) : null),
        ];
    }

    private static IEnumerable<(string Name, string? Value)> Models() =>
    [
        ("default_model", KnownModels.Default),
        ("models_table", Lines(KnownModels.Current.Select(ProfileText.Model))),
        ("transparency_models", Listed(profile => profile.DrawsTransparency)),
        ("unpriced_models", Listed(profile => profile.Tariff is not Tariff.PerToken { Formula: not null })),
        ("ending_table", Lines(KnownModels.Retiring.Select(profile => $"{profile.Model} is switched off on {Day(profile.Shutdown)}: choose {KnownModels.FindReplacement(profile.Model, profile.Shutdown!.Value)}"))),
        ("gone_models", string.Join(", ", KnownModels.Retired)),
    ];

    /// <summary>Smallest first.</summary>
    private static IEnumerable<Dimensions> Squares(SizeRules rules) => rules.CandidatesNear(width => width).Where(size => size.Width == size.Height).Distinct();

    private static string Listed(Func<ModelProfile, bool> which) => string.Join(", ", KnownModels.Current.Where(which).Select(profile => profile.Model));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => $"- {line}"));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Usd(decimal? usd, string format = "0.0000") => usd is { } price ? $"${price.ToString(format, CultureInfo.InvariantCulture)}" : null;
}
