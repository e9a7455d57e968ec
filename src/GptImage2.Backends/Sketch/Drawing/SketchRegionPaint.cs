using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>
/// What a sketch lays into a region: soft colours, from nothing at its border to almost opaque further in, and a thin line
/// of light and dark dashes, which is clearly a note on the image and not an edge in it.
/// </summary>
internal static class SketchRegionPaint
{
    private const float MaxOpacity = 0.92f;
    private static readonly Colour[] Dashes = [Colour.White with { Alpha = 217 }, SketchLabels.Ink with { Alpha = 217 }];

    /// <param name="size">The image's.</param>
    /// <param name="inset">How far inside the region's border the line runs, in pixels; the colours are strong at about twice that.</param>
    /// <param name="thickness">The line's, in pixels.</param>
    public static Image Draw(SketchRegion region, Dimensions size, double inset, double thickness, IReadOnlyList<Colour> palette, Random random)
    {
        using var landscape = SketchLandscape.Draw(region.Cells, palette, random);
        var rgba = landscape.ToRgbaBytes();
        var dash = Math.Max(4, 4 * thickness) * region.Cells.Width / size.Width;
        for (var cell = 0; cell < region.Depths.Length; cell++)
        {
            var pixel = rgba.AsSpan(cell * 4, 4);
            var depth = region.Depths[cell];
            pixel[3] = depth > 0 ? (byte)(255 * MaxOpacity * SmoothStep(depth / (float)(2.2 * inset))) : (byte)0;
            var cover = Math.Min(1, (thickness / 2) + 0.5 - Math.Abs(region.Insets[cell] - inset));
            if (depth > 0 && cover > 0)
            {
                // The squares of a board: dashes alternate in whatever direction the line runs.
                var (x, y) = ((int)(cell % region.Cells.Width / dash), (int)(cell / region.Cells.Width / dash));
                Blend(pixel, Dashes[(x + y) % 2], cover);
            }
        }

        using var paint = Image.FromPixels(region.Cells, rgba);
        return paint.Resize(size);
    }

    private static void Blend(Span<byte> pixel, Colour colour, double share)
    {
        ReadOnlySpan<byte> channels = [colour.Red, colour.Green, colour.Blue, colour.Alpha];
        for (var channel = 0; channel < 4; channel++)
        {
            pixel[channel] = (byte)(pixel[channel] + ((channels[channel] - pixel[channel]) * share));
        }
    }

    /// <summary>Flat at both ends: no edge where it begins, none where it is full.</summary>
    private static float SmoothStep(float along) => along < 1 ? along * along * (3 - (2 * along)) : 1;
}
