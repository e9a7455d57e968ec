namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Soft colours laid into a region, from nothing at its border to almost opaque further in.</summary>
internal static class SketchGradientFill
{
    private const float MaxOpacity = 0.92f;

    /// <summary>Enough for something this soft, and far cheaper than drawing every pixel.</summary>
    private const int MaxCells = 320;
    private const int MinCells = 12;

    /// <param name="rgba">The image's pixels, painted on.</param>
    /// <param name="area">The rectangle around the region.</param>
    /// <param name="inset">Half as far inside as the wash needs to become strong, in pixels.</param>
    public static void Paint(byte[] rgba, SketchRegion region, PixelArea area, double inset, IReadOnlyList<Colour> palette, Random random)
    {
        var width = region.Size.Width;
        var depth = new BilinearGrid(region.Depths, region.Columns, region.Step, region.Step, width);
        var colours = CreateColourGrids(area.Size, palette, random);
        var depths = new float[width];
        var wash = Enumerable.Range(0, 3).Select(_ => new float[area.Size.Width]).ToArray();
        var rise = 1 / (float)(2.2 * inset);
        for (var y = 0; y < area.Size.Height; y++)
        {
            depth.InterpolateRow(area.Top + y, depths);
            for (var channel = 0; channel < 3; channel++)
            {
                colours[channel].InterpolateRow(y, wash[channel]);
            }

            var row = rgba.AsSpan((((area.Top + y) * width) + area.Left) * 4, area.Size.Width * 4);
            for (var x = 0; x < area.Size.Width; x++)
            {
                if (depths[area.Left + x] is > 0 and var inside)
                {
                    BlendPixel(row.Slice(x * 4, 4), SmoothStep(inside * rise), wash[0][x], wash[1][x], wash[2][x]);
                }
            }
        }
    }

    private static void BlendPixel(Span<byte> pixel, float strength, float red, float green, float blue)
    {
        var alpha = strength + (pixel[3] / 255f * (1 - strength));
        var share = strength / alpha;
        pixel[0] = (byte)(pixel[0] + ((red - pixel[0]) * share) + 0.5f);
        pixel[1] = (byte)(pixel[1] + ((green - pixel[1]) * share) + 0.5f);
        pixel[2] = (byte)(pixel[2] + ((blue - pixel[2]) * share) + 0.5f);
        pixel[3] = (byte)((alpha * 255) + 0.5f);
    }

    /// <summary>Flat at both ends: no edge where it begins, none where it is full.</summary>
    private static float SmoothStep(float along)
    {
        var share = Math.Min(along, 1);
        return MaxOpacity * share * share * (3 - (2 * share));
    }

    private static BilinearGrid[] CreateColourGrids(Dimensions size, IReadOnlyList<Colour> palette, Random random)
    {
        var scale = Math.Min(1, MaxCells / (double)Math.Max(size.Width, size.Height));
        var cells = new Dimensions(Math.Max(MinCells, (int)(size.Width * scale)), Math.Max(MinCells, (int)(size.Height * scale)));
        using var landscape = SketchLandscape.Draw(cells, palette, Math.Min(cells.Width, cells.Height) / 100.0, random);
        var pixels = landscape.ToRgbaBytes();
        return [.. Enumerable.Range(0, 3).Select(Field)];

        BilinearGrid Field(int channel)
        {
            float[] values = [.. Enumerable.Range(0, (int)cells.PixelCount).Select(cell => (float)pixels[(cell * 4) + channel])];
            return new BilinearGrid(values, cells.Width, size.Width / (double)cells.Width, size.Height / (double)cells.Height, size.Width);
        }
    }
}

/// <summary>A thin line of light and dark dashes inside a region: clearly a note on the image, not an edge in it.</summary>
internal static class SketchOutline
{
    private const float Strength = 0.85f;

    /// <summary>Cells to either side that give the line's direction.</summary>
    private const int Reach = 6;

    /// <param name="rgba">The image's pixels, drawn on.</param>
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

    /// <summary>Whether the line runs down rather than across here: dashes are counted along that axis, so that none grows endless.</summary>
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
