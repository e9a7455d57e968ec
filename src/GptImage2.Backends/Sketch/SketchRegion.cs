using GptImage2.Generation.Rendering;
using GptImage2.Imaging;

namespace GptImage2.Backends.Sketch;

/// <summary>Where a picture is to change, and how deep inside each place lies.</summary>
internal sealed class SketchRegion
{
    /// <summary>More cells would cost time and show nothing.</summary>
    private const int MostCells = 1280;

    private readonly bool[] _inside;

    private SketchRegion(Dimensions size, int step, bool[] inside)
    {
        (Size, Step, _inside) = (size, step, inside);
        Depths = [.. SketchDepths.Of(inside, Columns).Select(cells => Math.Max(0, cells - 1) * step)];
    }

    public Dimensions Size { get; }

    /// <summary>A cell's edge in pixels.</summary>
    public int Step { get; }

    public int Columns => (Size.Width + Step - 1) / Step;

    public int Rows => _inside.Length / Columns;

    /// <summary>
    /// Pixels from each cell to the nearest one that stays, a little less than it really is; 0 where nothing changes.
    /// Beyond the picture's edge nothing stays.
    /// </summary>
    public float[] Depths { get; }

    /// <summary>Pixels from a cell's middle to the picture's nearest edge.</summary>
    public float Margin(int cell) => Step * Math.Min(
        Math.Min((cell % Columns) + 0.5f, Columns - (cell % Columns) - 0.5f),
        Math.Min((cell / Columns) + 0.5f, Rows - (cell / Columns) - 0.5f));

    /// <summary>The radius in pixels of the largest circle inside.</summary>
    public float Deepest => Enumerable.Range(0, Depths.Length).Max(cell => Math.Min(Depths[cell], Margin(cell)));

    /// <summary>The rectangle around all of it; the whole picture when there is none.</summary>
    public PixelArea Bounds
    {
        get
        {
            var cells = Enumerable.Range(0, _inside.Length).Where(cell => _inside[cell]).DefaultIfEmpty(0).ToArray();
            var (left, right) = (cells.Min(cell => cell % Columns) * Step, Math.Min(Size.Width, (cells.Max(cell => cell % Columns) + 1) * Step));
            var (top, bottom) = (cells[0] / Columns * Step, Math.Min(Size.Height, ((cells[^1] / Columns) + 1) * Step));
            return new PixelArea(left, top, new Dimensions(right - left, bottom - top));
        }
    }

    /// <param name="mask">Transparent where the picture is to change.</param>
    /// <param name="size">The picture's.</param>
    public static SketchRegion Read(RenderImage mask, Dimensions size)
    {
        using var picture = Picture.Open(mask.Image, access: PixelAccess.Sequential);
        using var fitting = picture.Resize(size);
        var step = (Math.Max(size.Width, size.Height) + MostCells - 1) / MostCells;
        return new SketchRegion(size, step, Cells(fitting.ToPixels(), size, step));
    }

    /// <summary>A cell changes only when all of its pixels do.</summary>
    private static bool[] Cells(ReadOnlySpan<byte> rgba, Dimensions size, int step)
    {
        var columns = (size.Width + step - 1) / step;
        var inside = new bool[columns * ((size.Height + step - 1) / step)];
        inside.AsSpan().Fill(true);
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                inside[(y / step * columns) + (x / step)] &= rgba[(((y * size.Width) + x) * 4) + 3] < 128;
            }
        }

        return inside;
    }
}
