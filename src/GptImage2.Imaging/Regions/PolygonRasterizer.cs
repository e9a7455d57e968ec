namespace GptImage2.Imaging.Regions;

/// <summary>Paints polygons by the non-zero winding rule, row by row through the pixels' centres.</summary>
internal static class PolygonRasterizer
{
    internal static void Rasterize(BinaryRaster grid, IReadOnlyList<RegionPoint> points)
    {
        var rows = new List<Crossing>?[grid.Area.Size.Height];
        for (var i = 0; i < points.Count; i++)
        {
            AddCrossings(grid.Area, rows, points[i], points[(i + 1) % points.Count]);
        }

        var painted = false;
        for (var row = 0; row < rows.Length; row++)
        {
            painted |= rows[row] is { } crossings && FillSpans(grid, grid.Area.Top + row, crossings);
        }

        for (var i = 0; i < points.Count && !painted; i++)
        {
            grid.DrawLine(points[i], points[(i + 1) % points.Count]);
        }
    }

    /// <summary>Notes where an edge passes the rows' middles.</summary>
    private static void AddCrossings(PixelArea area, List<Crossing>?[] rows, RegionPoint from, RegionPoint to)
    {
        var (upper, lower, turn) = from.Y <= to.Y ? (from, to, 1) : (to, from, -1);
        var first = FirstRowBelow(upper.Y, area);
        var end = FirstRowBelow(lower.Y, area);
        for (var row = first; row < end; row++)
        {
            var along = (area.Top + row + 0.5 - upper.Y) / (lower.Y - upper.Y);
            (rows[row] ??= []).Add(new Crossing(upper.X + (along * (lower.X - upper.X)), turn));
        }
    }

    private static int FirstRowBelow(double y, PixelArea area) => (int)Math.Ceiling(Math.Clamp(y - area.Top, 0, area.Size.Height) - 0.5);

    private static bool FillSpans(BinaryRaster grid, int y, List<Crossing> crossings)
    {
        crossings.Sort((a, b) => a.X.CompareTo(b.X));
        var painted = false;
        var winding = 0;
        for (var i = 0; i + 1 < crossings.Count; i++)
        {
            winding += crossings[i].Winding;
            painted |= winding != 0 && grid.FillSpan(y, crossings[i].X, crossings[i + 1].X);
        }

        return painted;
    }

    private readonly record struct Crossing(double X, int Winding);
}
