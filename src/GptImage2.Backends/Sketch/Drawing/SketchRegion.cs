using GptImage2.Generation.Rendering;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Where a picture is to change, and how deep inside each place lies.</summary>
internal sealed class SketchRegion
{
    /// <summary>More cells would cost time and show nothing.</summary>
    private const int MaxCells = 1280;

    private SketchRegion(Dimensions size, int step, bool[] inside)
    {
        (Size, Step) = (size, step);
        Columns = (size.Width + step - 1) / step;
        Rows = inside.Length / Columns;
        Depths = [.. SketchDistanceTransform.Compute(inside, Columns).Select(cells => Math.Max(0, cells - 1) * step)];
        Insets = [.. Depths.Select((depth, cell) => Math.Min(depth, DistanceToEdge(cell % Columns, cell / Columns)))];
        Bounds = ComputeBounds(inside);
    }

    public Dimensions Size { get; }

    /// <summary>A cell's edge in pixels.</summary>
    public int Step { get; }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>
    /// Pixels from each cell to the nearest one that stays, a little less than it really is; 0 where nothing changes.
    /// Beyond the picture's edge nothing stays.
    /// </summary>
    public float[] Depths { get; }

    /// <summary>The same, but no more than to the picture's nearest edge.</summary>
    public float[] Insets { get; }

    /// <summary>The rectangle around all of it, in pixels; null when there is nothing.</summary>
    public PixelArea? Bounds { get; }

    /// <param name="mask">Transparent where the picture is to change.</param>
    /// <param name="size">The picture's.</param>
    public static SketchRegion Read(RenderInputImage mask, Dimensions size)
    {
        using var picture = Image.Open(mask.Image, access: PixelAccess.Sequential);
        using var fitting = picture.Resize(size);
        var step = (Math.Max(size.Width, size.Height) + MaxCells - 1) / MaxCells;
        return new SketchRegion(size, step, ReadCells(fitting.ToRgbaBytes(), size, step));
    }

    /// <summary>A cell changes only when all of its pixels do.</summary>
    private static bool[] ReadCells(ReadOnlySpan<byte> rgba, Dimensions size, int step)
    {
        var columns = (size.Width + step - 1) / step;
        var inside = new bool[columns * ((size.Height + step - 1) / step)];
        inside.AsSpan().Fill(true);
        for (var y = 0; y < size.Height; y++)
        {
            var row = rgba.Slice(y * size.Width * 4, size.Width * 4);
            var cells = inside.AsSpan(y / step * columns, columns);
            for (var x = 0; x < size.Width; x++)
            {
                cells[x / step] &= row[(x * 4) + 3] < 128;
            }
        }

        return inside;
    }

    private PixelArea? ComputeBounds(bool[] inside)
    {
        var (left, right) = (Columns, -1);
        for (var cell = 0; cell < inside.Length; cell++)
        {
            if (inside[cell])
            {
                (left, right) = (Math.Min(left, cell % Columns), Math.Max(right, cell % Columns));
            }
        }

        if (right < 0)
        {
            return null;
        }

        var (top, bottom) = (Array.IndexOf(inside, true) / Columns, Array.LastIndexOf(inside, true) / Columns);
        return new PixelArea(left * Step, top * Step, new Dimensions(
            Math.Min(Size.Width, (right + 1) * Step) - (left * Step),
            Math.Min(Size.Height, (bottom + 1) * Step) - (top * Step)));
    }

    private float DistanceToEdge(int column, int row) =>
        Step * (Math.Min(Math.Min(column, Columns - 1 - column), Math.Min(row, Rows - 1 - row)) + 0.5f);
}
