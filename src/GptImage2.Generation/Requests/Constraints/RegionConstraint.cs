using System.Globalization;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>An edit of a part says which part, in one way, and is delivered without loss.</summary>
internal sealed class RegionConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        if (request is not InpaintRequest inpaint)
        {
            return [];
        }

        return [.. CheckRegionOrMask(inpaint), .. inpaint.Region.SelectMany((part, index) => RegionShapeInputValidator.Check(part, $"region[{index}].")), .. CheckLosslessFormat(inpaint)];
    }

    private static IEnumerable<Violation> CheckRegionOrMask(InpaintRequest request)
    {
        if (request is { Region: [], Mask: null })
        {
            yield return new Violation("region", "region or mask, which say what may change,", "neither");
        }
        else if (request is { Region: not [], Mask: not null })
        {
            yield return new Violation("mask", "either region or mask", "both");
        }

        if (request.Feather < 0)
        {
            yield return new Violation("feather", "0 or more pixels", string.Create(CultureInfo.InvariantCulture, $"{request.Feather}"), "0");
        }
    }

    /// <summary>JPEG changes every pixel a little, so it cannot promise that the rest is untouched.</summary>
    private static IEnumerable<Violation> CheckLosslessFormat(InpaintRequest request)
    {
        if (request is { Outside: OutsidePixels.Keep, Delivery.Format: ImageFormat.Jpeg })
        {
            yield return new Violation("format", "png or webp (jpeg only with outside model, because it alters every pixel)", "jpeg", "png");
        }
        else if (request is { Outside: OutsidePixels.Keep, Delivery: { Format: ImageFormat.Webp, Compression: not null } })
        {
            yield return new Violation("compression", "to be omitted (webp is written without loss here, so that no other pixel changes)", "a value");
        }
    }
}
