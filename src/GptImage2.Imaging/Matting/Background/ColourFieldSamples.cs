using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>Pixels at which a background is sampled: pixel indices (not byte offsets) in reading order.</summary>
internal sealed record ColourFieldSamples(RgbaBuffer Pixels, int[] PixelIndices)
{
    private const int TargetCount = 6_000;

    /// <summary>A frame along the border, thick enough that single lines do not matter.</summary>
    internal static ColourFieldSamples AlongBorder(RgbaBuffer pixels)
    {
        var thickness = Math.Clamp(pixels.ShorterEdge / 64, Math.Min(2, pixels.ShorterEdge), 24);
        var step = (int)Math.Max(1, ((2L * thickness * (pixels.Width + pixels.Height)) + TargetCount - 1) / TargetCount);
        int[] columns = [.. Enumerable.Range(0, pixels.Width)];
        int[] sides = [.. columns.Where(x => x < thickness || x >= pixels.Width - thickness)];
        var frame =
            from y in Enumerable.Range(0, pixels.Height)
            from x in y < thickness || y >= pixels.Height - thickness ? columns : sides
            select (y * pixels.Width) + x;
        return new ColourFieldSamples(pixels, [.. frame.Where((_, position) => position % step == 0)]);
    }

    /// <summary>A regular grid over the whole image.</summary>
    internal static ColourFieldSamples OnGrid(RgbaBuffer pixels)
    {
        var step = Math.Max(1, (int)Math.Ceiling(Math.Sqrt((double)pixels.PixelCount / TargetCount)));
        var grid =
            from y in Enumerable.InfiniteSequence(step / 2, step).TakeWhile(y => y < pixels.Height)
            from x in Enumerable.InfiniteSequence(step / 2, step).TakeWhile(x => x < pixels.Width)
            select (y * pixels.Width) + x;
        return new ColourFieldSamples(pixels, [.. grid]);
    }
}
