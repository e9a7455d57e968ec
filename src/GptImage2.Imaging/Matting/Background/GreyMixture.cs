using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>
/// The grey-foreground case of Smith and Blinn ("Blue Screen Matting", 1996): seen through something grey, a backdrop keeps its hue and loses
/// chroma in proportion to what is let through.
/// </summary>
internal static class GreyMixture
{
    /// <summary>The share of the backdrop's chroma that is left.</summary>
    internal static float Transmission(Vector3 pixelChroma, Vector3 backgroundChroma) =>
        Vector3.Dot(pixelChroma, backgroundChroma) / backgroundChroma.LengthSquared();

    /// <summary>What is let through if the pixel is such a mixture; 0 if it cannot be one.</summary>
    /// <param name="tolerance">In levels.</param>
    internal static float FindTransmission(Vector3 pixel, Vector3 background, float tolerance)
    {
        var (pixelChroma, backgroundChroma) = (pixel.Chroma, background.Chroma);
        var transmission = Transmission(pixelChroma, backgroundChroma);
        var residual = pixelChroma.MaxDifference(transmission * backgroundChroma);
        var grey = (pixel.ChannelSum - (transmission * background.ChannelSum)) / 3;
        var possible = transmission <= 1.02f && residual <= tolerance && grey >= -tolerance && grey <= (255 * (1 - transmission)) + tolerance;
        return possible ? transmission : 0;
    }

    /// <summary>The grey that lets so much through, in levels.</summary>
    internal static float FindGrey(Vector3 pixel, Vector3 background, float transmission) =>
        Math.Clamp((pixel.ChannelSum - (transmission * background.ChannelSum)) / 3 / Math.Max(1 - transmission, 1 / 255f), 0, 255);

    /// <summary>By how many levels such a mixture may be off.</summary>
    internal static float Tolerance(MattingThresholds thresholds) => (float)(3 + (2 * thresholds.Noise) + (thresholds.IsLossy ? 4 : 0));
}
