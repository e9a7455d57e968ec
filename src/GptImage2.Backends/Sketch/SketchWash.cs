using GptImage2.Imaging;

namespace GptImage2.Backends.Sketch;

/// <summary>Soft colours laid into a region, from nothing at its border to almost opaque further in.</summary>
internal static class SketchWash
{
    private const float Strongest = 0.84f;

    private static readonly Dimensions Cells = new(48, 48);

    /// <param name="rgba">The picture's pixels, painted on.</param>
    /// <param name="inset">How far inside the wash is strong, in pixels.</param>
    public static void Paint(byte[] rgba, SketchRegion region, double inset, IReadOnlyList<Colour> palette, Random random)
    {
        var area = region.Bounds;
        var depth = new SketchField(region.Depths, region.Columns, region.Step, region.Step);
        var colours = Colours(area.Size, palette, random);
        var depths = new float[region.Size.Width];
        var wash = Enumerable.Range(0, 3).Select(_ => new float[area.Size.Width]).ToArray();
        for (var y = 0; y < area.Size.Height; y++)
        {
            depth.Row(area.Top + y, depths);
            for (var channel = 0; channel < 3; channel++)
            {
                colours[channel].Row(y, wash[channel]);
            }

            for (var x = 0; x < area.Size.Width; x++)
            {
                var at = (((area.Top + y) * region.Size.Width) + area.Left + x) * 4;
                Lay(rgba.AsSpan(at, 4), Strength(depths[area.Left + x] / (2.2 * inset)), wash[0][x], wash[1][x], wash[2][x]);
            }
        }
    }

    /// <summary>Paint over what may itself be transparent.</summary>
    private static void Lay(Span<byte> pixel, float strength, float red, float green, float blue)
    {
        if (strength <= 0)
        {
            return;
        }

        var alpha = strength + (pixel[3] / 255f * (1 - strength));
        var share = strength / alpha;
        pixel[0] = Mixed(pixel[0], red);
        pixel[1] = Mixed(pixel[1], green);
        pixel[2] = Mixed(pixel[2], blue);
        pixel[3] = (byte)((alpha * 255) + 0.5f);

        byte Mixed(byte below, float above) => (byte)Math.Clamp(below + ((above - below) * share) + 0.5f, 0, 255);
    }

    /// <summary>Flat at both ends: no edge where it begins, none where it is full.</summary>
    private static float Strength(double along)
    {
        var share = (float)Math.Clamp(along, 0, 1);
        return Strongest * share * share * (3 - (2 * share));
    }

    private static SketchField[] Colours(Dimensions size, IReadOnlyList<Colour> palette, Random random)
    {
        using var ground = SketchGround.Draw(Cells, palette, random);
        using var shapes = SketchShapes.Add(ground, palette, Cells.Width / 100.0, random);
        var pixels = shapes.ToPixels();
        return [.. Enumerable.Range(0, 3).Select(channel => new SketchField(
            [.. Enumerable.Range(0, (int)Cells.Pixels).Select(cell => (float)pixels[(cell * 4) + channel])],
            Cells.Width,
            (double)size.Width / Cells.Width,
            (double)size.Height / Cells.Height))];
    }
}
