using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>Pixels at which a background is sampled: pixel indices (not byte offsets) in reading order.</summary>
internal sealed class ColourFieldSamples(RgbaBuffer pixels, int[] indices)
{
    private const int TargetCount = 6_000;

    internal RgbaBuffer Pixels => pixels;

    internal ReadOnlySpan<int> PixelIndices => indices;

    /// <summary>A frame along the border, thick enough that single lines do not matter.</summary>
    internal static ColourFieldSamples AlongBorder(RgbaBuffer pixels)
    {
        var thickness = Math.Clamp(pixels.ShorterEdge / 64, Math.Min(2, pixels.ShorterEdge), 24);
        var frame = 2L * thickness * (pixels.Width + pixels.Height);
        var step = (int)Math.Max(1, (frame + TargetCount - 1) / TargetCount);
        var indices = new List<int>(TargetCount * 2);
        var counted = 0;
        for (var y = 0; y < pixels.Height; y++)
        {
            var isFullRow = y < thickness || y >= pixels.Height - thickness;
            for (var x = 0; x < pixels.Width; x++)
            {
                if (!isFullRow && x == thickness)
                {
                    x = Math.Max(x, pixels.Width - thickness);
                }

                if (counted++ % step == 0)
                {
                    indices.Add((y * pixels.Width) + x);
                }
            }
        }

        return new ColourFieldSamples(pixels, [.. indices]);
    }

    /// <summary>A regular grid over the whole image.</summary>
    internal static ColourFieldSamples OnGrid(RgbaBuffer pixels)
    {
        var step = Math.Max(1, (int)Math.Ceiling(Math.Sqrt((double)pixels.PixelCount / TargetCount)));
        var indices = new List<int>(TargetCount * 2);
        for (var y = step / 2; y < pixels.Height; y += step)
        {
            for (var x = step / 2; x < pixels.Width; x += step)
            {
                indices.Add((y * pixels.Width) + x);
            }
        }

        return new ColourFieldSamples(pixels, [.. indices]);
    }
}
