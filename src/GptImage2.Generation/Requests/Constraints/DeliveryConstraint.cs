using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>The delivered file can be written: format, compression and size fit together.</summary>
internal sealed class DeliveryConstraint : IRequestConstraint
{
    /// <summary>WebP ends at 16,383 pixels an edge; every format we write reaches this far.</summary>
    public const int MaxEdge = 16_000;

    public const long MaxPixels = 100_000_000;

    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile) => [.. CheckFormat(request), .. CheckSize(request.Delivery)];

    /// <summary>JPEG has no transparency, and PNG no compression level that a service would take.</summary>
    private static IEnumerable<Violation> CheckFormat(ImageRequest request)
    {
        var delivery = request.Delivery;
        if (delivery.Format is ImageFormat.Jpeg && (request.Cutout || request.Background is ImageBackground.Transparent))
        {
            var why = request.Cutout ? "cutout (jpeg has no transparency)" : "background transparent";
            yield return new Violation("format", $"png or webp with {why}", "jpeg", delivery.Compression is null ? "png" : "webp");
        }

        if (delivery is { Compression: not null, Format: ImageFormat.Png })
        {
            yield return new Violation("compression", "to be omitted with format png (it is for jpeg and webp)", "a value");
        }
        else if (delivery.Compression is { } level and (< 0 or > 100))
        {
            yield return new Violation("compression", "0 to 100", $"{level}", $"{Math.Clamp(level, 0, 100)}");
        }
    }

    private static IEnumerable<Violation> CheckSize(Delivery delivery)
    {
        if (delivery.ResizeTo is { } size && (Math.Max(size.Width, size.Height) > MaxEdge || size.PixelCount > MaxPixels))
        {
            yield return new Violation("resize_to", $"edges of at most {MaxEdge:N0} and {MaxPixels:N0} pixels in all", size.ToString());
        }
    }
}
