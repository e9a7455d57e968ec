namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>
/// What a sketch lays into a region: soft colours, from nothing at its border to almost opaque further in, and a thin line
/// of light and dark dashes, which is clearly a note on the image and not an edge in it.
/// </summary>
internal static class SketchRegionPaint
{
    private const float MaxOpacity = 0.92f;
    private const float LineOpacity = 0.85f;

    /// <summary>The colours are drawn as small as this and enlarged: enough for something this soft.</summary>
    private const int CellsPerColour = 4;

    private static readonly byte[] Light = [255, 255, 255];
    private static readonly byte[] Dark = [SketchLabels.Ink.Red, SketchLabels.Ink.Green, SketchLabels.Ink.Blue];

    /// <param name="pixels">The image's, painted on.</param>
    /// <param name="inset">How far inside the region's border the line runs, in pixels; the colours are strong at about twice that.</param>
    /// <param name="thickness">The line's, in pixels.</param>
    public static void Apply(byte[] pixels, Dimensions size, SketchRegion region, double inset, double thickness, IReadOnlyList<Colour> palette, Random random)
    {
        var colours = DrawColours(region.Cells, palette, random);
        var rise = 1 / (float)(2.2 * inset);
        var dash = Math.Max(4, 4 * thickness);
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var cell = region.FindCell(x, y);
                if (region.Depths[cell] is > 0 and var depth)
                {
                    var pixel = pixels.AsSpan(((y * size.Width) + x) * 4, 4);
                    Blend(pixel, colours.AsSpan(cell * 4, 3), MaxOpacity * SmoothStep(depth * rise));
                    var cover = Math.Min(1, (thickness / 2) + 0.5 - Math.Abs(region.Insets[cell] - inset));
                    if (cover > 0)
                    {
                        // The squares of a board: dashes alternate in whatever direction the line runs.
                        Blend(pixel, ((int)(x / dash) + (int)(y / dash)) % 2 is 0 ? Light : Dark, LineOpacity * (float)cover);
                    }
                }
            }
        }
    }

    private static byte[] DrawColours(Dimensions cells, IReadOnlyList<Colour> palette, Random random)
    {
        using var landscape = SketchLandscape.Draw(new Dimensions((cells.Width / CellsPerColour) + 1, (cells.Height / CellsPerColour) + 1), palette, random);
        using var enlarged = landscape.Resize(cells);
        return enlarged.ToRgbaBytes();
    }

    private static void Blend(Span<byte> pixel, ReadOnlySpan<byte> colour, float strength)
    {
        var alpha = strength + (pixel[3] / 255f * (1 - strength));
        for (var channel = 0; channel < colour.Length; channel++)
        {
            pixel[channel] = (byte)(pixel[channel] + ((colour[channel] - pixel[channel]) * strength / alpha) + 0.5f);
        }

        pixel[3] = (byte)((alpha * 255) + 0.5f);
    }

    /// <summary>Flat at both ends: no edge where it begins, none where it is full.</summary>
    private static float SmoothStep(float along) => along < 1 ? along * along * (3 - (2 * along)) : 1;
}
