using GptImage2.Imaging;

namespace GptImage2.Backends.Sketch;

/// <summary>Finds where in a region words fit best.</summary>
internal static class SketchRoom
{
    /// <param name="inset">What to keep from the region's border, in pixels.</param>
    /// <returns>The most useful rectangle wholly inside; null when there is none.</returns>
    public static PixelArea? Find(SketchRegion region, double inset)
    {
        var heights = new int[region.Columns + 1];
        var best = (Worth: 0.0, Left: 0, Top: 0, Width: 0, Height: 0);
        for (var y = 0; y < region.Rows; y++)
        {
            for (var x = 0; x < region.Columns; x++)
            {
                var cell = (y * region.Columns) + x;
                heights[x] = Math.Min(region.Depths[cell], region.Margin(cell)) > inset ? heights[x] + 1 : 0;
            }

            foreach (var (left, width, height) in Widest(heights))
            {
                if (Worth(width, height) is var worth && worth > best.Worth)
                {
                    best = (worth, left, y - height + 1, width, height);
                }
            }
        }

        return best.Worth is 0 ? null : new PixelArea(best.Left * region.Step, best.Top * region.Step, new(best.Width * region.Step, best.Height * region.Step));
    }

    /// <summary>Words want room across: what is far longer than it is wide, or the reverse, is worth less than its area.</summary>
    private static double Worth(int width, int height) => (double)Math.Min(width, 4 * height) * Math.Min(height, 1.3 * width);

    /// <summary>Every rectangle that stands on this row and can grow no further, from how high each column reaches.</summary>
    private static IEnumerable<(int Left, int Width, int Height)> Widest(int[] heights)
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
