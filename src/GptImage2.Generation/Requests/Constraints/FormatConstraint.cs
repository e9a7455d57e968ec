using System.Globalization;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Imaging;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>JPEG has no transparency, and PNG no compression level that a service would take.</summary>
internal sealed class FormatConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
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
        else if (delivery.Compression is < 0 or > 100)
        {
            yield return new Violation(
                "compression",
                "0 to 100",
                string.Create(CultureInfo.InvariantCulture, $"{delivery.Compression}"),
                string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(delivery.Compression.Value, 0, 100)}"));
        }
    }
}
