using System.Numerics;

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

    internal Vector3 Transform(Vector3 offset)
    {
        var luma = (0.299f * offset.X) + (0.587f * offset.Y) + (0.114f * offset.Z);
        return isLossy ? new Vector3(LumaScale * luma, LumaScale * ChromaWeight * (offset.Z - luma), LumaScale * ChromaWeight * (offset.X - luma)) : offset;
    }

    internal Vector3 InverseTransform(Vector3 offset)
    {
        var luma = offset.X / LumaScale;
        var blue = (offset.Y / LumaScale / ChromaWeight) + luma;
        var red = (offset.Z / LumaScale / ChromaWeight) + luma;
        return isLossy ? new Vector3(red, (luma - (0.299f * red) - (0.114f * blue)) / 0.587f, blue) : offset;
    }

    /// <summary>Keeps what of a residual belongs to the pixel itself: for a lossy codec only luma, since chroma is shared with its neighbours.</summary>
    internal Vector3 DiscardChroma(Vector3 residual) => isLossy ? new Vector3(residual.X, 0, 0) : residual;
}
