using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Requests;

/// <summary>Change one part of an image and nothing else.</summary>
public sealed record InpaintRequest : ImageRequest
{
    /// <summary>The image to edit: Image 1 of the prompt.</summary>
    public required Reference Image { get; init; }

    /// <summary>The shapes that change, united; empty with a mask.</summary>
    public IReadOnlyList<RegionShapeInput> Region { get; init; } = [];

    /// <summary>An image that says which pixels change, instead of the region; as the caller names it.</summary>
    public string? Mask { get; init; }

    /// <summary>What was last shown of an image, by the SHA-256 of its bytes, for parts in units of the preview; none means a preview of the whole.</summary>
    [JsonIgnore]
    public Func<string, DisplayedView?>? FindDisplayedView { get; init; }

    /// <summary>Change everything but the region; null when not given.</summary>
    public bool? Invert { get; init; }

    /// <summary>Pixels over which the change fades in, inside the region; null for a fitting width.</summary>
    public int? Feather { get; init; }

    public OutsidePixels Outside { get; init; } = OutsidePixels.Keep;

    /// <summary>Whether the model's colours are brought back to the image's before they are pasted; with the model's outside they never are.</summary>
    public bool MatchColours { get; init; } = true;

    /// <summary>Further images: Image 2 and on.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    public override IReadOnlyList<Reference> Images => [Image, .. References];

    public override ImageFormat RenderFormat => ImageFormat.Png;
}
