using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>
/// What is drawn into a mostly transparent region must become visible: alpha rises with the region's own feather, and colours take over
/// as fast as they would if both were laid over each other, so that hidden colours make no dark rim.
/// </summary>
internal static class AlphaReveal
{
    /// <summary>Below this mean alpha of the region, 0 to 1, it is opened.</summary>
    private const double OpaqueMeanAlpha = 0.5;

    /// <summary>How far each pixel of the area is opened; null where alpha stays as it is.</summary>
    /// <param name="weights">How much of the answer's colours each pixel takes; raised where something is opened.</param>
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

        var opening = region.GetFeatherWeights(area, feather);
        for (var i = 0; i < opening.Length; i++)
        {
            weights[i] = opening[i] == 0 ? weights[i] : Math.Max(weights[i], OverContribution(opening[i], alpha[i]));
        }

        return opening;
    }

    private static byte[] ReadAlpha(VipsImage original, PixelArea area)
    {
        using var part = original.Crop(area.Left, area.Top, area.Size);
        using var alpha = part.ExtractBands(part.Bands - 1, 1);
        using var bytes = new VipsOperation("cast").With("in", alpha).WithEnum("format", "uchar").With("shift", true).ToImage();
        return SourceImage.WithDecodeErrors(bytes.ToByteArray);
    }

    private static double MeanAlphaOfRegion(byte[] alpha, byte[] marks)
    {
        var (sum, count) = (0L, 0L);
        for (var i = 0; i < marks.Length; i++)
        {
            sum += marks[i] * alpha[i];
            count += marks[i];
        }

        return count == 0 ? 1 : sum / (255.0 * count);
    }

    /// <summary>What the upper of two layers contributes to their colour.</summary>
    private static byte OverContribution(byte upper, byte lower) =>
        (byte)Math.Round(255.0 * upper * 255 / ((upper * 255.0) + ((255 - upper) * lower)));
}
