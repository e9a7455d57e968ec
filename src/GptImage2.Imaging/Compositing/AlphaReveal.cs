using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>
/// Makes what the model draws into a mostly transparent region visible: alpha rises along the feather of the region, and the blend weights
/// of the colours follow Porter and Duff's "over", so that colours hidden under transparent pixels make no dark rim.
/// </summary>
internal static class AlphaReveal
{
    /// <summary>The region becomes opaque when its mean alpha, 0 to 1, is below this.</summary>
    private const double OpaqueMeanAlpha = 0.5;

    /// <summary>Weights of opaque alpha, one byte a pixel of the area; null when alpha does not change.</summary>
    /// <param name="weights">Blend weights of the model's colours, one byte a pixel; raised where alpha rises.</param>
    internal static byte[]? ComputeAlphaWeights(VipsImage original, RegionMask region, PixelArea area, int feather, byte[] weights)
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
            weights[i] = alphaWeights[i] == 0 ? weights[i] : Math.Max(weights[i], OverContribution(alphaWeights[i], alpha[i]));
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

    /// <summary>The upper layer's share of the composited colour under "over", for alphas of 0 to 255.</summary>
    private static byte OverContribution(byte upper, byte lower) =>
        (byte)Math.Round(255.0 * upper * 255 / ((upper * 255.0) + ((255 - upper) * lower)));
}
