using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Planning;

/// <summary>Everything that rendering needs to know, decided before it starts. Enough to finish the job after a crash.</summary>
public sealed record JobPlan : IDisposable
{
    public required Caller Caller { get; init; }

    /// <summary>The tool that was called, for records.</summary>
    public required string Tool { get; init; }

    public required IImageBackend Backend { get; init; }

    public required Validated<ImageRequest> Validated { get; init; }

    /// <summary>The request's images, in the order in which the prompt numbers them.</summary>
    public IReadOnlyList<InputImage> Inputs { get; init; } = [];

    /// <summary>How the mask was made, where it is one of ours; null elsewhere, and for a plan that was read back.</summary>
    public ImageRecord? Mask { get; init; }

    /// <summary>How a region of the first image is edited, or null.</summary>
    public RegionPlan? Region { get; init; }

    public required Price Price { get; init; }

    /// <summary>What the model itself would cost, where a backend stands in for it free of charge; null elsewhere.</summary>
    public Price? PriceWithKey { get; init; }

    /// <summary>How each panel of a board would be drawn, by a job of its own; empty for anything else, and for a plan that was read back.</summary>
    public IReadOnlyList<PanelPlan> Panels { get; init; } = [];

    /// <summary>The board as it would be; null for anything else.</summary>
    public Storyboard? Board { get; init; }

    /// <summary>The price of everything that the plan would have made.</summary>
    public Price TotalPrice => Panels is [] ? Price : Panels.Select(panel => panel.Plan.Price).Aggregate((sum, price) => sum.Add(price));

    /// <summary><see cref="PriceWithKey"/> of everything that the plan would have made.</summary>
    public Price? TotalPriceWithKey => Panels is [] ? PriceWithKey : Panels.Select(panel => panel.Plan.PriceWithKey).Aggregate((sum, price) => sum is null || price is null ? null : sum.Add(price));

    /// <summary>Absolute path of an additional copy, checked, or null.</summary>
    public string? CopyTo { get; init; }

    /// <summary>What the caller should know although nothing is wrong.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public ImageRequest Request => Validated.Request;

    /// <inheritdoc cref="Validated{TRequest}.PromptAsSent"/>
    public string PromptAsSent => Validated.PromptAsSent;

    /// <summary>Sizes of the images as they are sent, in pixels.</summary>
    internal static Dimensions[] GetSentSizes(ImageRequest request, IReadOnlyList<InputImage> images, RegionPlan? region) =>
        [.. images.Select((image, index) => index is 0 && region is not null ? region.Placement.Canvas : image.Header.Size), .. request.Images.Select(reference => reference.KnownSize).OfType<Dimensions>()];

    /// <summary>Closes the caller's files. The copies stored for a job stay.</summary>
    public void Dispose()
    {
        foreach (var input in Inputs)
        {
            input.Resolved.Dispose();
        }

        foreach (var panel in Panels)
        {
            panel.Plan.Dispose();
        }
    }
}

/// <summary>How one panel of a board would be drawn.</summary>
/// <param name="Number">Its place on the board, from 1.</param>
/// <param name="HasAnchor">Whether its last reference is a picture of the board that shows what all panels look like.</param>
public sealed record PanelPlan(int Number, JobPlan Plan, bool HasAnchor)
{
    /// <summary>What is to be said of panels: once where it is the same for several.</summary>
    internal static IEnumerable<string> CollectWarnings(IReadOnlyList<PanelPlan> panels) => panels
        .SelectMany(panel => panel.Plan.Warnings.Select(warning => (panel.Number, Warning: warning)))
        .GroupBy(entry => entry.Warning, entry => entry.Number)
        .Select(group => group.Count() == panels.Count ? group.Key : $"{(group.Count() is 1 ? "Panel" : "Panels")} {NumberList.Format(group)}: {group.Key}");
}
