namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// The colour space in which offsets are measured: RGB, or for lossy codecs, whose chroma subsampling blurs hue across edges, a scaled YCbCr
/// (BT.601) with reduced chroma. Both are linear, and measure greys alike.
/// </summary>
internal sealed class MattingColourSpace(bool isLossy)
{
    /// <summary>Weight of chroma relative to luma.</summary>
    private const float ChromaWeight = 0.25f;

    /// <summary>Makes an equal step of all three channels as long as in RGB.</summary>
    private static readonly float LumaScale = MathF.Sqrt(3);

    internal void Transform(Span<float> offset)
    {
        if (isLossy)
        {
            var (red, green, blue) = (offset[0], offset[1], offset[2]);
            var luma = (0.299f * red) + (0.587f * green) + (0.114f * blue);
            (offset[0], offset[1], offset[2]) = (LumaScale * luma, LumaScale * ChromaWeight * (blue - luma), LumaScale * ChromaWeight * (red - luma));
        }
    }

    internal void InverseTransform(Span<float> offset)
    {
        if (isLossy)
        {
            var luma = offset[0] / LumaScale;
            var blue = (offset[1] / LumaScale / ChromaWeight) + luma;
            var red = (offset[2] / LumaScale / ChromaWeight) + luma;
            (offset[0], offset[1], offset[2]) = (red, (luma - (0.299f * red) - (0.114f * blue)) / 0.587f, blue);
        }
    }

    /// <summary>Keeps what of a residual belongs to the pixel itself: for a lossy codec only luma, since chroma is shared with its neighbours.</summary>
    internal void DiscardChroma(Span<float> residual)
    {
        if (isLossy)
        {
            residual[1] = residual[2] = 0;
        }
    }
}
