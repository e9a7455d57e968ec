using GptImage2.Generation.Rendering;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Where an image is to change, and how deep inside each place is.</summary>
internal sealed class SketchRegion
{
    /// <summary>More cells would cost time and show nothing.</summary>
    private const int MaxCells = 1280;

    private SketchRegion(Dimensions size, int step, byte[] marks)
    {
        (Size, Step) = (size, step);
        Columns = (size.Width + step - 1) / step;
        Rows = marks.Length / Columns;
        var distances = new DistanceTransform(Columns, marks, MaxCells);
        Depths = [.. Enumerable.Range(0, Rows)
            .SelectMany(row => distances.GetRow(row).ToArray())
            .Select(distance => Math.Max(0, (distance / (float)distances.UnitsPerPixel) - 1) * step)];
        Insets = [.. Depths.Select((depth, cell) => Math.Min(depth, DistanceToEdge(cell % Columns, cell / Columns)))];
        Bounds = ComputeBounds(marks);
    }

    public Dimensions Size { get; }

    /// <summary>A cell's edge in pixels.</summary>
    public int Step { get; }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>
    /// Pixels from each cell to the nearest one that stays, a little less than it really is; 0 where nothing changes.
    /// Beyond the image's edge nothing stays.
    /// </summary>
    public float[] Depths { get; }

    /// <summary>The same, but no more than to the image's nearest edge.</summary>
    public float[] Insets { get; }

    /// <summary>The rectangle around all of it, in pixels; null when there is nothing.</summary>
    public PixelArea? Bounds { get; }

    /// <param name="mask">Transparent where the image is to change.</param>
    /// <param name="size">The image's.</param>
    public static SketchRegion Read(RenderInputImage mask, Dimensions size)
    {
        using var opened = Image.Open(mask.Image, access: PixelAccess.Sequential);
        using var fitting = opened.Resize(size);
        var step = (Math.Max(size.Width, size.Height) + MaxCells - 1) / MaxCells;
        return new SketchRegion(size, step, ReadCells(fitting.ToRgbaBytes(), size, step));
    }

    /// <summary>A cell changes only when all of its pixels do.</summary>
    private static byte[] ReadCells(ReadOnlySpan<byte> rgba, Dimensions size, int step)
    {
        var columns = (size.Width + step - 1) / step;
        var marks = new byte[columns * ((size.Height + step - 1) / step)];
        marks.AsSpan().Fill(1);
        for (var y = 0; y < size.Height; y++)
        {
            var row = rgba.Slice(y * size.Width * 4, size.Width * 4);
            var cells = marks.AsSpan(y / step * columns, columns);
            for (var x = 0; x < size.Width; x++)
            {
                cells[x / step] &= row[(x * 4) + 3] < 128 ? (byte)1 : (byte)0;
            }
        }

        return marks;
    }

    private PixelArea? ComputeBounds(byte[] marks)
    {
        var (left, right) = (Columns, -1);
        for (var cell = 0; cell < marks.Length; cell++)
        {
            if (marks[cell] != 0)
            {
                (left, right) = (Math.Min(left, cell % Columns), Math.Max(right, cell % Columns));
            }
        }

        if (right < 0)
        {
            return null;
        }

        var (top, bottom) = (Array.IndexOf(marks, (byte)1) / Columns, Array.LastIndexOf(marks, (byte)1) / Columns);
        return new PixelArea(left * Step, top * Step, new Dimensions(
            Math.Min(Size.Width, (right + 1) * Step) - (left * Step),
            Math.Min(Size.Height, (bottom + 1) * Step) - (top * Step)));
    }

    private float DistanceToEdge(int column, int row) =>
        Step * (Math.Min(Math.Min(column, Columns - 1 - column), Math.Min(row, Rows - 1 - row)) + 0.5f);
}
