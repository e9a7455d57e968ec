using GptImage2.Imaging;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A thin line of light and dark dashes inside a region: plainly a note on the picture, not an edge in it.</summary>
internal static class SketchOutline
{
    private const float Strength = 0.85f;

    /// <summary>Cells to either side that tell the line's direction.</summary>
    private const int Reach = 6;

    /// <param name="rgba">The picture's pixels, drawn on.</param>
    /// <param name="inset">How far inside the region's border the line runs, in pixels.</param>
    public static void Paint(byte[] rgba, SketchRegion region, double inset, double thickness)
    {
        if (inset < 2)
        {
            return;
        }

        var size = region.Size;
        var field = new BilinearGrid(region.Insets, region.Columns, region.Step, region.Step, size.Width);
        var row = new float[size.Width];
        var dash = Math.Max(4, 4 * thickness);
        for (var y = 0; y < size.Height; y++)
        {
            field.InterpolateRow(y, row);
            for (var x = 0; x < size.Width; x++)
            {
                var cover = Math.Clamp((thickness / 2) + 0.5 - Math.Abs(row[x] - inset), 0, 1);
                if (cover > 0)
                {
                    var along = IsVertical(region, x / region.Step, y / region.Step) ? y : x;
                    BlendPixel(rgba.AsSpan(((y * size.Width) + x) * 4, 4), (float)cover * Strength, (int)(along / dash) % 2 is 0 ? Colour.White : SketchLabels.Ink);
                }
            }
        }
    }

    /// <summary>Whether the line here rather runs down than across: dashes are counted along that axis, so that none grows endless.</summary>
    private static bool IsVertical(SketchRegion region, int column, int row)
    {
        var across = At(column + Reach, row) - At(column - Reach, row);
        var down = At(column, row + Reach) - At(column, row - Reach);
        return Math.Abs(across) > Math.Abs(down);

        float At(int column, int row) =>
            region.Insets[(Math.Clamp(row, 0, region.Rows - 1) * region.Columns) + Math.Clamp(column, 0, region.Columns - 1)];
    }

    private static void BlendPixel(Span<byte> pixel, float strength, Colour colour)
    {
        pixel[0] = (byte)(pixel[0] + ((colour.Red - pixel[0]) * strength));
        pixel[1] = (byte)(pixel[1] + ((colour.Green - pixel[1]) * strength));
        pixel[2] = (byte)(pixel[2] + ((colour.Blue - pixel[2]) * strength));
    }
}
