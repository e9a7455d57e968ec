using GptImage2.Generation.Rendering;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Where an image is to change, and how deep inside each place is, in cells of a pixel or, in a large image, of several.</summary>
/// <param name="step">A cell's edge in pixels.</param>
/// <param name="depths">Pixels from each cell to the nearest one that stays; 0 where nothing changes.</param>
internal sealed class SketchRegion(Dimensions size, Dimensions cells, double step, float[] depths)
{
    /// <summary>More along an edge would cost time and show nothing.</summary>
    private const int MaxCells = 1024;

    private const double MaxOpacity = 235;

    /// <summary>The deepest place's, in pixels.</summary>
    public double Depth { get; } = depths.Max();

    /// <param name="mask">Transparent where the image is to change.</param>
    /// <param name="size">The image's.</param>
    public static SketchRegion Read(RenderInputImage mask, Dimensions size)
    {
        var step = Math.Max(1, Math.Max(size.Width, size.Height) / (double)MaxCells);
        var cells = new Dimensions((int)Math.Ceiling(size.Width / step), (int)Math.Ceiling(size.Height / step));
        using var opened = Image.Open(mask.Image, access: PixelAccess.Sequential);
        using var fitting = opened.Resize(cells);
        var distances = new DistanceTransform(cells.Width, [.. fitting.ToAlphaBytes().Select(alpha => alpha < 128 ? (byte)1 : (byte)0)], MaxCells);
        return new SketchRegion(size, cells, step, [.. Enumerable.Range(0, cells.Height)
            .SelectMany(row => distances.GetRow(row).ToArray())
            .Select(distance => Math.Max(0, (distance / (float)distances.UnitsPerPixel) - 1) * (float)step)]);
    }

    /// <summary>A colour over the region: none at its border, and almost opaque at a depth in pixels.</summary>
    public Image Fill(Colour colour, double rise)
    {
        using var fill = Image.FromPixels(cells, [.. depths.SelectMany(depth => (byte[])[colour.Red, colour.Green, colour.Blue, (byte)(MaxOpacity * SmoothStep(depth / rise))])]);
        return fill.Resize(size);
    }

    /// <summary>A rectangle around the deepest place that cannot grow to any side: wide rather than high, as text is.</summary>
    /// <param name="inset">What to keep from the region's border, in pixels.</param>
    /// <returns>Null when there is none.</returns>
    public Box? FindRoom(double inset)
    {
        var start = Array.IndexOf(depths, (float)Depth);
        var (left, top, right, bottom) = (start % cells.Width, start / cells.Width, start % cells.Width, start / cells.Width);
        for (var before = -1; before != right - left + bottom - top;)
        {
            before = right - left + bottom - top;
            left -= Fits(left - 2, left, top, bottom) ? 2 : 0;
            right += Fits(right, right + 2, top, bottom) ? 2 : 0;
            top -= Fits(left, right, top - 1, top) ? 1 : 0;
            bottom += Fits(left, right, bottom, bottom + 1) ? 1 : 0;
        }

        return right > left && bottom > top ? new Box(left * step, top * step, (right - left) * step, (bottom - top) * step) : null;

        bool Fits(int fromX, int toX, int fromY, int toY) => fromX >= 0 && fromY >= 0 && toX <= cells.Width && toY <= cells.Height
            && Enumerable.Range(fromY, toY - fromY).All(y => !depths.AsSpan((y * cells.Width) + fromX, toX - fromX).ContainsAnyInRange(0, (float)inset));
    }

    /// <summary>Flat at both ends: no edge where it begins, none where it is full.</summary>
    private static double SmoothStep(double along) => along < 1 ? along * along * (3 - (2 * along)) : 1;
}
