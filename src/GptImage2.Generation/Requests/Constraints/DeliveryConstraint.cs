using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>The delivered file can be written: format, compression and size fit together.</summary>
internal sealed class DeliveryConstraint : IRequestConstraint
{
    /// <summary>WebP ends at 16,383 pixels an edge; every format we write reaches this far.</summary>
    public const int MaxEdge = 16_000;

    public const long MaxPixels = 100_000_000;

    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        var (delivery, level) = (request.Delivery, request.Delivery.Compression);
        var why = request.Cutout ? "cutout (jpeg has no transparency)" : "background transparent";
        return Violation.Collect(
            // JPEG has no transparency, and PNG no compression level that a service would take.
            (delivery.Format is ImageFormat.Jpeg && (request.Cutout || request.Background is ImageBackground.Transparent),
                new("format", $"png or webp with {why}", "jpeg", level is null ? "png" : "webp")),
            (level is not null && delivery.Format is ImageFormat.Png,
                new("compression", "to be omitted with format png (it is for jpeg and webp)", "a value")),
            (level is < 0 or > 100 && delivery.Format is not ImageFormat.Png,
                new("compression", "0 to 100", $"{level}", $"{Math.Clamp(level ?? 0, 0, 100)}")),
            (delivery.ResizeTo is { } size && (Math.Max(size.Width, size.Height) > MaxEdge || size.PixelCount > MaxPixels),
                new("resize_to", $"edges of at most {MaxEdge:N0} and {MaxPixels:N0} pixels in all", $"{delivery.ResizeTo}")));
    }
}
