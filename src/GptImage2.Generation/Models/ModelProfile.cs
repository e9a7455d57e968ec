namespace GptImage2.Generation.Models;

/// <summary>
/// Everything that is true of a model family as one backend serves it. The schema of every tool, the constraints, the
/// lists, the estimates and the tests derive from it.
/// </summary>
public sealed record ModelProfile
{
    /// <summary>The id sent to the service.</summary>
    public required string Model { get; init; }

    /// <summary>The family this id belongs to, for example gpt-image-2.</summary>
    public required string Family { get; init; }

    public required SizeRules Sizes { get; init; }

    /// <summary>Qualities a caller may name, cheapest first.</summary>
    public required IReadOnlyList<ImageQuality> Qualities { get; init; }

    /// <summary>What the service itself draws at where no quality is named; null where it does not say so.</summary>
    public ImageQuality? DefaultQuality { get; init; }

    public required IReadOnlyList<ImageBackground> Backgrounds { get; init; }

    public required IReadOnlyList<ImageFormat> Formats { get; init; }

    /// <summary>Whether the service alone decides the format of what it makes, so that another one is converted to on this machine.</summary>
    public bool ChoosesFormat { get; init; }

    /// <summary>Most images in one call.</summary>
    public required int MaxCount { get; init; }

    /// <summary>Most reference images of one edit; 0 where the service edits nothing.</summary>
    public required int MaxReferences { get; init; }

    /// <summary>Whether the service can be told, by a mask, which part of an image is to change.</summary>
    public bool AcceptsMask { get; init; } = true;

    /// <summary>How reference images must reach the service.</summary>
    public required InputRules Inputs { get; init; }

    /// <summary>Whether the model reliably draws a transparent background itself; a preview of that feature does not count.</summary>
    public bool DrawsTransparency { get; init; }

    /// <summary>In Unicode code points, as JSON Schema counts.</summary>
    public required int MaxPromptLength { get; init; }

    public required Tariff Tariff { get; init; }

    /// <summary>What the model itself costs, where a backend stands in for it free of charge; null where <see cref="Tariff"/> says it.</summary>
    public Tariff? ModelTariff { get; init; }

    /// <summary>The profile that prices are quoted from.</summary>
    public ModelProfile Priced => ModelTariff is { } tariff ? this with { Tariff = tariff, ModelTariff = null } : this;

    /// <summary>Partial images asked for with each streamed image; each is billed.</summary>
    public int PartialImages { get; init; }

    public DateOnly? Released { get; init; }

    /// <summary>The day on which the vendor switches the model off.</summary>
    public DateOnly? Shutdown { get; init; }

    /// <summary>What a user of this model should know, or null.</summary>
    public string? Warning { get; init; }
}
