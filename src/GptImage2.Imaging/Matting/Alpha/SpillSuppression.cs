namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>Spill of a chroma-key background onto the edge of the subject, where a lossy codec has smeared it or strands are too fine to be resolved.</summary>
internal static class SpillSuppression
{
    /// <summary>Spill beyond the subject's own at which alpha starts to fall, whatever the pixel's brightness.</summary>
    private const float MaxOwnHue = 0.5f;

    /// <summary>Upper bound of alpha for a pixel with more spill than the nearest solid pixel.</summary>
    internal static float MaxAlpha(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> background, float solidSpill) =>
        Math.Clamp((1 - (SpillAmount([pixel[0], pixel[1], pixel[2]], background) - solidSpill)) / (1 - MaxOwnHue), 0, 1);

    /// <summary>Removes the spill that exceeds that of the nearest solid pixel.</summary>
    internal static void SuppressSpill(Span<float> colour, ReadOnlySpan<float> background, float solidSpill)
    {
        var excess = SpillAmount(colour, background) - solidSpill;
        var grey = (background[0] + background[1] + background[2]) / 3;
        for (var channel = 0; channel < 3 && excess > 0; channel++)
        {
            colour[channel] = Math.Clamp(colour[channel] - (excess * (background[channel] - grey)), 0, 255);
        }
    }

    /// <summary>Projection of a colour onto the background's chroma: 1 as much as the background itself, negative for the opposite hue.</summary>
    internal static float SpillAmount(ReadOnlySpan<float> colour, ReadOnlySpan<float> background)
    {
        var grey = (background[0] + background[1] + background[2]) / 3;
        Span<float> chroma = [background[0] - grey, background[1] - grey, background[2] - grey];
        return ColourVector.Dot(colour, chroma) / Math.Max(1, ColourVector.Dot(chroma, chroma));
    }
}
