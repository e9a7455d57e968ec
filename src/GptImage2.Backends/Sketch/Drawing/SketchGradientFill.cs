using GptImage2.Imaging;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Soft colours laid into a region, from nothing at its border to almost opaque further in.</summary>
internal static class SketchGradientFill
{
    private const float MaxOpacity = 0.92f;

    /// <summary>What is this soft needs no more; it costs far less than drawing every pixel.</summary>
    private const int MaxCells = 320;
    private const int MinCells = 12;

    /// <param name="rgba">The picture's pixels, painted on.</param>
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

    /// <summary>Paint over what may itself be transparent.</summary>
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

    /// <summary>Red, green and blue of a small landscape.</summary>
    private static BilinearGrid[] CreateColourGrids(Dimensions size, IReadOnlyList<Colour> palette, Random random)
    {
        var scale = Math.Min(1, MaxCells / (double)Math.Max(size.Width, size.Height));
        var cells = new Dimensions(Math.Max(MinCells, (int)(size.Width * scale)), Math.Max(MinCells, (int)(size.Height * scale)));
        using var ground = SketchBackground.Draw(cells, palette, random);
        using var shapes = SketchShapes.DrawSunAndHills(ground, palette, Math.Min(cells.Width, cells.Height) / 100.0, random);
        var pixels = shapes.ToRgbaBytes();
        return [.. Enumerable.Range(0, 3).Select(Field)];

        BilinearGrid Field(int channel)
        {
            float[] values = [.. Enumerable.Range(0, (int)cells.PixelCount).Select(cell => (float)pixels[(cell * 4) + channel])];
            return new BilinearGrid(values, cells.Width, size.Width / (double)cells.Width, size.Height / (double)cells.Height, size.Width);
        }
    }
}
