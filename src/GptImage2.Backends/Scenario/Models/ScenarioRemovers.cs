using GptImage2.Generation.Models;

namespace GptImage2.Backends.Scenario.Models;

/// <summary>
/// The models of Scenario that remove backgrounds, and how each is told to answer with the image itself, transparent. Source: Scenario's pages on
/// them (2026-08).
/// </summary>
public static class ScenarioRemovers
{
    /// <summary>What is used unless the user says otherwise.</summary>
    public const string Default = "bria";

    /// <summary>The name that means that none is to be used.</summary>
    public const string None = "none";

    private static readonly ScenarioRemover[] All =
    [
        new(Default, CreateProfile("model_bria-remove-background")),
        new("photoroom", CreateProfile("model_photoroom-background-removal")),
        new("pixa", CreateProfile("model_pixa-background-removal")) { OutputFormat = "rgba" },
        new("851-labs", CreateProfile("model_851-labs-background-remover")) { BackgroundType = "rgba" },
        new("ideogram", CreateProfile("model_ideogram-remove-background", maxBytes: 10_000_000)),
    ];

    /// <summary>What the user may choose from.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(remover => remover.Name), None];

    /// <summary>The profile of that id, or null where it removes no backgrounds.</summary>
    public static ModelProfile? FindProfile(string model) => All.FirstOrDefault(remover => remover.Profile.Model == model)?.Profile;

    /// <param name="name">One of <see cref="Names"/>.</param>
    internal static ScenarioRemover? Find(string name) => All.FirstOrDefault(remover => remover.Name == name);

    private static ModelProfile CreateProfile(string model, long maxBytes = 50_000_000) => LocalModel.FlatBackdrop with
    {
        Model = model,
        Family = "background-remover",
        ChoosesFormat = true,
        Tariff = new Tariff.Quoted(UsdPerCredit: null),
        Inputs = LocalModel.FlatBackdrop.Inputs with
        {
            Formats = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp],
            AcceptsAnyImage = false,
            MaxBytes = maxBytes,
        },
    };
}

/// <summary>One of them.</summary>
/// <param name="Name">As the user chooses it.</param>
internal sealed record ScenarioRemover(string Name, ModelProfile Profile)
{
    /// <summary>The value of an input of that name; null where the model has none.</summary>
    public string? OutputFormat { get; init; }

    /// <inheritdoc cref="OutputFormat"/>
    public string? BackgroundType { get; init; }
}
