using GptImage2.Generation.Rendering;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Where an image is to change, and how deep inside each place is, in cells of a pixel or, in a large image, of several.</summary>
internal sealed class SketchRegion
{
    /// <summary>More along an edge would cost time and show nothing.</summary>
    private const int MaxCells = 1024;

    private readonly double _step;
    private readonly double _scale;

    /// <param name="step">A cell's edge in pixels.</param>
    /// <param name="marks">1 where the image is to change.</param>
    private SketchRegion(Dimensions cells, double step, byte[] marks)
    {
        (Cells, _step, _scale) = (cells, step, 1 / step);
        var distances = new DistanceTransform(cells.Width, marks, MaxCells);
        Depths = [.. Enumerable.Range(0, cells.Height)
            .SelectMany(row => distances.GetRow(row).ToArray())
            .Select(distance => Math.Max(0, (distance / (float)distances.UnitsPerPixel) - 1) * (float)step)];
        Insets = [.. Depths.Select((depth, cell) => Math.Min(depth, (float)step * DistanceToEdge(cell % cells.Width, cell / cells.Width)))];
    }

    public Dimensions Cells { get; }

    /// <summary>
    /// Pixels from each cell to the nearest one that stays, a little less than it really is; 0 where nothing changes.
    /// Beyond the image's edge nothing stays.
    /// </summary>
    public float[] Depths { get; }

    /// <summary>The same, but no more than to the image's nearest edge.</summary>
    public float[] Insets { get; }

    /// <param name="mask">Transparent where the image is to change.</param>
    /// <param name="size">The image's.</param>
    public static SketchRegion Read(RenderInputImage mask, Dimensions size)
    {
        var step = Math.Max(1, Math.Max(size.Width, size.Height) / (double)MaxCells);
        var cells = new Dimensions((int)Math.Ceiling(size.Width / step), (int)Math.Ceiling(size.Height / step));
        using var opened = Image.Open(mask.Image, access: PixelAccess.Sequential);
        using var fitting = opened.Resize(cells);
        var rgba = fitting.ToRgbaBytes();
        return new SketchRegion(cells, step, [.. Enumerable.Range(0, rgba.Length / 4).Select(cell => rgba[(cell * 4) + 3] < 128 ? (byte)1 : (byte)0)]);
    }

    public int FindCell(int x, int y) => ((int)(y * _scale) * Cells.Width) + (int)(x * _scale);

    /// <summary>A rectangle around a place that is among the deepest, which cannot grow to any side: wide rather than high, as text is.</summary>
    /// <param name="inset">What to keep from the region's border, in pixels.</param>
    /// <returns>In pixels; null when there is none.</returns>
    public PixelArea? FindRoom(double inset)
    {
        var deep = 0.97f * Insets.Max();
        var start = Array.FindIndex(Insets, cell => cell >= deep);
        var (left, top) = (start % Cells.Width, start / Cells.Width);
        var (right, bottom, width) = (left + 1, top + 1, 0);
        if (!Fits(left, right, top, bottom))
        {
            return null;
        }

        for (var height = 0; (width, height) != (right - left, bottom - top);)
        {
            (width, height) = (right - left, bottom - top);
            left -= Fits(left - 2, left, top, bottom) ? 2 : 0;
            right += Fits(right, right + 2, top, bottom) ? 2 : 0;
            top -= Fits(left, right, top - 1, top) ? 1 : 0;
            bottom += Fits(left, right, bottom, bottom + 1) ? 1 : 0;
        }

        return new PixelArea((int)(left * _step), (int)(top * _step), new Dimensions((int)((right - left) * _step), (int)((bottom - top) * _step)));

        bool Fits(int fromX, int toX, int fromY, int toY) => fromX >= 0 && fromY >= 0 && toX <= Cells.Width && toY <= Cells.Height
            && Enumerable.Range(fromY, toY - fromY).All(y => !Insets.AsSpan((y * Cells.Width) + fromX, toX - fromX).ContainsAnyInRange(0, (float)inset));
    }

    private float DistanceToEdge(int column, int row) =>
        Math.Min(Math.Min(column, Cells.Width - 1 - column), Math.Min(row, Cells.Height - 1 - row)) + 0.5f;
}
