using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>Spill of a chroma-key background onto the edge of the subject, where a lossy codec has smeared it or strands are too fine to be resolved.</summary>
internal static class SpillSuppression
{
    /// <summary>Spill beyond the subject's own at which alpha starts to fall, whatever the pixel's brightness.</summary>
    private const float MaxOwnHue = 0.5f;

    /// <summary>Upper bound of alpha for a pixel with more spill than the nearest solid pixel.</summary>
    internal static float MaxAlpha(Vector3 pixel, Vector3 background, float solidSpill) =>
        Math.Clamp((1 - (SpillAmount(pixel, background) - solidSpill)) / (1 - MaxOwnHue), 0, 1);

    /// <summary>Removes the spill that exceeds that of the nearest solid pixel.</summary>
    internal static Vector3 SuppressSpill(Vector3 colour, Vector3 background, float solidSpill)
    {
        var excess = SpillAmount(colour, background) - solidSpill;
        return excess > 0 ? ColourVector.ClampToLevels(colour - (excess * background.Chroma)) : colour;
    }

    /// <summary>Projection of a colour onto the background's chroma: 1 as much as the background itself, negative for the opposite hue.</summary>
    internal static float SpillAmount(Vector3 colour, Vector3 background) =>
        Vector3.Dot(colour, background.Chroma) / Math.Max(1, background.Chroma.LengthSquared());
}
