using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Matting.Verification;

/// <summary>The alpha channel alone, one byte a pixel, row by row.</summary>
internal sealed record AlphaPlane(Dimensions Size, byte[] Alpha)
{
    internal static AlphaPlane FromPixels(RgbaBuffer pixels)
    {
        var alpha = new byte[pixels.PixelCount];
        for (var index = 0; index < alpha.Length; index++)
        {
            alpha[index] = pixels.Rgba[(index * 4) + 3];
        }

        return new AlphaPlane(new Dimensions(pixels.Width, pixels.Height), alpha);
    }

    /// <summary>Of every pixel, without the colours.</summary>
    /// <exception cref="UnreadableImageException">The image cannot be read.</exception>
    internal static AlphaPlane Read(EncodedImage image)
    {
        using var opened = Image.Open(image, PixelAccess.Sequential);
        return new AlphaPlane(opened.Size, opened.ToAlphaBytes());
    }
}
