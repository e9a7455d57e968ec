namespace GptImage2.Imaging.Previews;

/// <summary>What a preview may cost whoever looks at it.</summary>
public sealed record PreviewOptions
{
    /// <summary>Below this no picture can be promised.</summary>
    public const int MinBytes = 2048;

    /// <summary>Longest edge in pixels of what vision models look at without scaling down.</summary>
    public const int DefaultMaxEdge = 1568;

    public int MaxEdge { get; init; } = DefaultMaxEdge;

    /// <summary>Encoded size, at least <see cref="MinBytes"/>. Base64 makes it a third larger.</summary>
    public int MaxBytes { get; init; } = 400_000;

    /// <summary>Only this part, in pixels of the upright original; null for the whole.</summary>
    public PixelArea? Crop { get; init; }
}
