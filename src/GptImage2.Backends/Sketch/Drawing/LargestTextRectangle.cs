namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Finds where in a region text fits best.</summary>
internal static class LargestTextRectangle
{
    /// <summary>Text needs no finer fit than about a hundredth of the image.</summary>
    private const int MaxBlocks = 128;

    /// <param name="inset">What to keep from the region's border, in pixels.</param>
    /// <returns>The most useful rectangle wholly inside; null when there is none.</returns>
    public static PixelArea? Find(SketchRegion region, double inset)
    {
        var stride = Math.Max(1, Math.Max(region.Columns, region.Rows) / MaxBlocks);
        var (columns, rows, block) = (region.Columns / stride, region.Rows / stride, stride * region.Step);
        var heights = new int[columns + 1];
        var best = (Worth: 0.0, Left: 0, Top: 0, Width: 0, Height: 0);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                // A block's middle stands for all of it, so it has to be deeper by half a block.
                var middle = (((y * stride) + (stride / 2)) * region.Columns) + (x * stride) + (stride / 2);
                heights[x] = region.Insets[middle] > inset + (block / 2.0) ? heights[x] + 1 : 0;
            }

            foreach (var (left, width, height) in EnumerateRectangles(heights))
            {
                if (ScoreRectangle(width, height) is var worth && worth > best.Worth)
                {
                    best = (worth, left, y - height + 1, width, height);
                }
            }
        }

        return best.Worth is 0 ? null : new PixelArea(best.Left * block, best.Top * block, new(best.Width * block, best.Height * block));
    }

    /// <summary>Text needs width: a rectangle far longer than it is wide, or the reverse, gains little by more of the same.</summary>
    private static double ScoreRectangle(int width, int height) =>
        (Math.Min(width, 4 * height) * Math.Min(height, 1.3 * width)) + (0.001 * width * height);

    /// <summary>Every rectangle that stands on this row and can grow no further, from how high each column reaches.</summary>
    private static IEnumerable<(int Left, int Width, int Height)> EnumerateRectangles(int[] heights)
    {
        var open = new Stack<(int Left, int Height)>();
        for (var x = 0; x < heights.Length; x++)
        {
            var left = x;
            while (open.TryPeek(out var last) && last.Height >= heights[x])
            {
                open.Pop();
                left = last.Left;
                yield return (last.Left, x - last.Left, last.Height);
            }

            open.Push((left, heights[x]));
        }
    }
}
