namespace GptImage2.Generation.Requests;

/// <summary>How the images are delivered to the caller.</summary>
public sealed record Delivery
{
    public ImageFormat Format { get; init; } = ImageFormat.Png;

    /// <summary>Whether no format was asked for, so that an edit may keep that of its base.</summary>
    public bool FormatFollowsBase { get; init; }

    /// <summary>Whether only the extension of the copy asks for the format.</summary>
    [JsonIgnore]
    public bool FormatFromExtension { get; init; }

    /// <summary>0 (smallest) to 100 (best), for JPEG and WebP; null leaves it to the service.</summary>
    public int? Compression { get; init; }

    /// <summary>Deliver exactly these pixels, cropped to cover, whatever the canvas.</summary>
    public Dimensions? ResizeTo { get; init; }

    /// <summary>Write an additional copy here: a path as the caller wrote it.</summary>
    public string? SaveTo { get; init; }

    /// <summary>Whether that copy may replace a file.</summary>
    public bool Overwrite { get; init; }
}
