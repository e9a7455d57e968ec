namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// Where ways between colours are measured. Lossy codecs keep half as many colour samples as brightness samples, so that around an edge
/// the hue lags behind; there brightness counts for more. Both ways are linear, and equal for greys.
/// </summary>
internal sealed class MattingColourSpace(bool lossy)
{
    /// <summary>Of hue, against brightness.</summary>
    private const float ChromaWeight = 0.25f;

    /// <summary>A step of all three channels is as long as in red, green and blue.</summary>
    private static readonly float LumaScale = MathF.Sqrt(3);

    internal void Transform(Span<float> way)
    {
        if (lossy)
        {
            var (red, green, blue) = (way[0], way[1], way[2]);
            var brightness = (0.299f * red) + (0.587f * green) + (0.114f * blue);
            (way[0], way[1], way[2]) = (LumaScale * brightness, LumaScale * ChromaWeight * (blue - brightness), LumaScale * ChromaWeight * (red - brightness));
        }
    }

    internal void InverseTransform(Span<float> way)
    {
        if (lossy)
        {
            var brightness = way[0] / LumaScale;
            var blue = (way[1] / LumaScale / ChromaWeight) + brightness;
            var red = (way[2] / LumaScale / ChromaWeight) + brightness;
            (way[0], way[1], way[2]) = (red, (brightness - (0.299f * red) - (0.114f * blue)) / 0.587f, blue);
        }
    }

    /// <summary>What of a remainder is the pixel's own: of a lossy codec only its brightness, for its hue is its neighbours' too.</summary>
    internal void DiscardChroma(Span<float> remainder)
    {
        if (lossy)
        {
            remainder[1] = remainder[2] = 0;
        }
    }
}
