using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Inspection;

namespace GptImage2.Imaging.Matting;

/// <summary>A subject without its backdrop. Disposing it lets the picture go.</summary>
/// <param name="Image">8-bit sRGB with straight alpha, upright, as large as the original.</param>
/// <param name="Background">What was taken away.</param>
/// <param name="TransparentShare">Share of pixels that are wholly transparent, 0 to 1.</param>
/// <param name="TranslucentPixels">Number of pixels that are neither transparent nor opaque.</param>
public sealed record BackgroundRemovalResult(Image Image, BackgroundReport Background, double TransparentShare, long TranslucentPixels) : IDisposable
{
    public void Dispose() => Image.Dispose();
}
