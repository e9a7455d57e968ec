namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>A coloured backdrop's hue on the subject's edge: where a lossy codec has smeared it, or strands are too fine to be told apart.</summary>
internal static class SpillSuppression
{
    /// <summary>From this much of the backdrop's hue on, beyond the subject's own, a pixel begins to be backdrop whatever its brightness.</summary>
    private const float MaxOwnHue = 0.5f;

    /// <summary>The most alpha that a pixel with so much more of the backdrop's hue than the solid subject beside it can have.</summary>
    internal static float MaxAlpha(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind, float solid) =>
        Math.Clamp((1 - (SpillAmount([pixel[0], pixel[1], pixel[2]], behind) - solid)) / (1 - MaxOwnHue), 0, 1);

    /// <summary>Takes away what a colour has of the backdrop's hue beyond what the solid subject beside it has.</summary>
    internal static void SuppressSpill(Span<float> colour, ReadOnlySpan<float> behind, float solid)
    {
        var excess = SpillAmount(colour, behind) - solid;
        var grey = (behind[0] + behind[1] + behind[2]) / 3;
        for (var channel = 0; channel < 3 && excess > 0; channel++)
        {
            colour[channel] = Math.Clamp(colour[channel] - (excess * (behind[channel] - grey)), 0, 255);
        }
    }

    /// <summary>How much of the backdrop's hue a colour has: 1 as much as the backdrop itself, below 0 the opposite hue.</summary>
    internal static float SpillAmount(ReadOnlySpan<float> colour, ReadOnlySpan<float> behind)
    {
        var grey = (behind[0] + behind[1] + behind[2]) / 3;
        Span<float> hue = [behind[0] - grey, behind[1] - grey, behind[2] - grey];
        return ColourVector.Dot(colour, hue) / Math.Max(1, ColourVector.Dot(hue, hue));
    }
}
