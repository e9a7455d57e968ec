using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>
/// Makes what the model draws into a mostly transparent region visible: alpha becomes that of the drawing along the feather of the region, and the
/// blend weights of the colours follow Porter and Duff, so that colours hidden under transparent pixels make no dark rim.
/// </summary>
public static class AlphaReveal
{
    /// <summary>What is drawn into the region brings its own alpha when the region's mean alpha, 0 to 1, is below this.</summary>
    private const double OpaqueMeanAlpha = 0.5;

    /// <summary>From this transparency on a region is an empty part of the image: what is drawn into it brings its own alpha.</summary>
    public static double EmptyFrom => 1 - OpaqueMeanAlpha;

    /// <summary>How transparent the region is, 0 to 1; 0 in an image without alpha.</summary>
    /// <exception cref="UnreadableImageException">The image is damaged.</exception>
    public static double MeasureTransparency(EncodedImage original, RegionMask region)
    {
        ArgumentNullException.ThrowIfNull(region);
        using var opened = new ImageLoader(original).OpenUpright(PixelAccess.Sequential);
        return opened.HasAlpha ? 1 - MeanAlphaOfRegion(ReadAlpha(opened, region.Bounds), region.GetMask(region.Bounds)) : 0;
    }

    /// <summary>Weights of the drawing's alpha, one byte a pixel of the area; null when alpha does not change.</summary>
    /// <param name="drawn">The drawing's alpha, one byte a pixel; null where it is opaque.</param>
    /// <param name="weights">Blend weights of the model's colours, one byte a pixel; changed where alpha is.</param>
    internal static byte[]? ComputeAlphaWeights(VipsImage original, RegionMask region, PixelArea area, int feather, byte[]? drawn, byte[] weights)
    {
        if (!original.HasAlpha)
        {
            return null;
        }

        var alpha = ReadAlpha(original, area);
        if (MeanAlphaOfRegion(alpha, region.GetMask(area)) >= OpaqueMeanAlpha)
        {
            return null;
        }

        var alphaWeights = region.GetFeatherWeights(area, feather);
        for (var i = 0; i < alphaWeights.Length; i++)
        {
            weights[i] = alphaWeights[i] == 0 ? weights[i] : ColourShare(alphaWeights[i], drawn?[i] ?? byte.MaxValue, alpha[i]);
        }

        return alphaWeights;
    }

    private static byte[] ReadAlpha(VipsImage original, PixelArea area)
    {
        using var part = original.Crop(area.Left, area.Top, area.Size);
        using var alpha = part.ExtractBands(part.Bands - 1, 1);
        using var bytes = new VipsOperation("cast").With("in", alpha).WithEnum("format", "uchar").With("shift", true).ToImage();
        return ImageLoader.WithDecodeErrors(bytes.ToByteArray);
    }

    private static double MeanAlphaOfRegion(byte[] alpha, byte[] mask)
    {
        var (sum, count) = (0L, 0L);
        for (var i = 0; i < mask.Length; i++)
        {
            sum += mask[i] * alpha[i];
            count += mask[i];
        }

        return count == 0 ? 1 : sum / (255.0 * count);
    }

    /// <summary>The drawing's share of the colour where it fades into the original, each as far as it is opaque; all from 0 to 255.</summary>
    private static byte ColourShare(byte weight, byte drawn, byte original)
    {
        var (above, below) = ((double)weight * drawn, (255.0 - weight) * original);
        return above == 0 ? (byte)0 : (byte)Math.Round(255 * above / (above + below));
    }
}
