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

/// <summary>What is cut away of a canvas whose shape is not that of the size to deliver.</summary>
/// <param name="Share">Of the side that is cut, 0 to 1; half of it at each end.</param>
/// <param name="IsHeight">Whether the height is cut, at the top and at the bottom, and not the width.</param>
public readonly record struct DeliveryCrop(double Share, bool IsHeight)
{
    /// <summary>Less is lost in what every image has at its edges.</summary>
    private const double NoticeableShare = 0.03;

    /// <summary>More cannot be what was meant.</summary>
    private const double MaxShare = 0.25;

    public bool IsNoticeable => Share > NoticeableShare;

    public bool IsTooMuch => Share > MaxShare;

    /// <summary>What goes at each end.</summary>
    private string Half => $"{Share * 50:0.#} %";

    /// <summary>As in "10 % of the height: 5 % at the top and 5 % at the bottom".</summary>
    public string Description => IsHeight
        ? $"{Share:P0} of the height: {Half} at the top and {Half} at the bottom"
        : $"{Share:P0} of the width: {Half} on the left and {Half} on the right";

    /// <summary>What the prompt says about it, so that nothing that matters is drawn there.</summary>
    public string PromptText => IsHeight
        ? $"The top {Half} and the bottom {Half} of the image will be cut away: keep everything that matters, faces and words above all, between them."
        : $"The left {Half} and the right {Half} of the image will be cut away: keep everything that matters, faces and words above all, between them.";

    /// <summary>What is cut when the canvas is scaled until it covers the size, and then cropped around its centre.</summary>
    public static DeliveryCrop Between(Dimensions canvas, Dimensions delivered)
    {
        var ratio = (double)canvas.Width * delivered.Height / ((double)canvas.Height * delivered.Width);
        return ratio >= 1 ? new DeliveryCrop(1 - (1 / ratio), IsHeight: false) : new DeliveryCrop(1 - ratio, IsHeight: true);
    }
}
