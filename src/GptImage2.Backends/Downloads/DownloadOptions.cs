namespace GptImage2.Backends.Downloads;

/// <summary>How much a download may be.</summary>
internal sealed record DownloadOptions
{
    /// <summary>Size of the image as it comes.</summary>
    public int MaxBytes { get; init; } = 50 << 20;

    /// <summary>For everything together: look-ups, redirects and the last byte.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public int MaxRedirects { get; init; } = 3;
}
