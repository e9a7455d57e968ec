namespace GptImage2.Imaging.Regions;

/// <summary>A binary raster of a part of an image: one byte a pixel, 1 where painted. Coordinates are those of the whole image.</summary>
internal sealed class BinaryRaster(PixelArea area)
{
    internal PixelArea Area => area;

    internal byte[] Pixels { get; } = new byte[area.Size.PixelCount];

    /// <summary>Paints the pixels of a row whose centres are in a half-open span; returns whether there were any.</summary>
    internal bool FillSpan(int y, double from, double to)
    {
        var first = FirstColumnFrom(from);
        var end = FirstColumnFrom(to);
        if (end <= first)
        {
            return false;
        }

        RowSpan(y)[first..end].Fill(1);
        return true;
    }

    /// <summary>Paints every pixel that a line crosses, for shapes too thin to contain a pixel centre.</summary>
    internal void DrawLine(RegionPoint from, RegionPoint to)
    {
        var (start, end) = (0.0, 1.0);
        if (!ClipLine(from.X, to.X - from.X, area.Left, area.Size.Width, ref start, ref end)
            || !ClipLine(from.Y, to.Y - from.Y, area.Top, area.Size.Height, ref start, ref end))
        {
            return;
        }

        var steps = 1 + (int)(2 * (end - start) * Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (var i = 0; i <= steps; i++)
        {
            var t = start + ((end - start) * i / steps);
            var x = Math.Clamp((int)Math.Floor(from.X + (t * (to.X - from.X))) - area.Left, 0, area.Size.Width - 1);
            var y = Math.Clamp((int)Math.Floor(from.Y + (t * (to.Y - from.Y))), area.Top, area.Top + area.Size.Height - 1);
            RowSpan(y)[x] = 1;
        }
    }

    private Span<byte> RowSpan(int y) => Pixels.AsSpan((y - area.Top) * area.Size.Width, area.Size.Width);

    /// <summary>The first column whose centre is at or right of x.</summary>
    private int FirstColumnFrom(double x) => (int)Math.Ceiling(Math.Clamp(x - area.Left, 0, area.Size.Width) - 0.5);

    /// <summary>Clips the line's parameter interval along one axis (Liang and Barsky); false when nothing is left.</summary>
    private static bool ClipLine(double origin, double direction, double low, double length, ref double start, ref double end)
    {
        if (direction == 0)
        {
            return origin >= low && origin <= low + length;
        }

        var (enter, leave) = ((low - origin) / direction, (low + length - origin) / direction);
        start = Math.Max(start, Math.Min(enter, leave));
        end = Math.Min(end, Math.Max(enter, leave));
        return start <= end;
    }
}
