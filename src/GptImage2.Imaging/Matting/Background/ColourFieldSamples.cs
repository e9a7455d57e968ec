using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>Places of a picture that a backdrop is measured at: pixel offsets (not byte offsets), in reading order.</summary>
internal sealed class ColourFieldSamples(RgbaBuffer pixels, int[] places)
{
    private const int TargetCount = 6_000;

    internal RgbaBuffer Pixels => pixels;

    internal ReadOnlySpan<int> PixelIndices => places;

    /// <summary>A frame along the border, thick enough that single lines do not count.</summary>
    internal static ColourFieldSamples AlongBorder(RgbaBuffer pixels)
    {
        var thickness = Math.Clamp(pixels.ShorterEdge / 64, Math.Min(2, pixels.ShorterEdge), 24);
        var frame = 2L * thickness * (pixels.Width + pixels.Height);
        var step = (int)Math.Max(1, (frame + TargetCount - 1) / TargetCount);
        var places = new List<int>(TargetCount * 2);
        var counted = 0;
        for (var y = 0; y < pixels.Height; y++)
        {
            var whole = y < thickness || y >= pixels.Height - thickness;
            for (var x = 0; x < pixels.Width; x++)
            {
                if (!whole && x == thickness)
                {
                    x = Math.Max(x, pixels.Width - thickness);
                }

                if (counted++ % step == 0)
                {
                    places.Add((y * pixels.Width) + x);
                }
            }
        }

        return new ColourFieldSamples(pixels, [.. places]);
    }

    /// <summary>An even grid over the whole picture.</summary>
    internal static ColourFieldSamples OnGrid(RgbaBuffer pixels)
    {
        var step = Math.Max(1, (int)Math.Ceiling(Math.Sqrt((double)pixels.PixelCount / TargetCount)));
        var places = new List<int>(TargetCount * 2);
        for (var y = step / 2; y < pixels.Height; y += step)
        {
            for (var x = step / 2; x < pixels.Width; x += step)
            {
                places.Add((y * pixels.Width) + x);
            }
        }

        return new ColourFieldSamples(pixels, [.. places]);
    }
}
