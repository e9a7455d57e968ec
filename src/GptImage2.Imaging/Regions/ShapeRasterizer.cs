namespace GptImage2.Imaging.Regions;

/// <summary>Rasterises shapes: a pixel belongs when its centre does. A shape that contains no pixel centre is drawn as a line, so that it does not vanish.</summary>
internal static class ShapeRasterizer
{
    /// <summary>The union of the shapes, clipped to the image; null when none touches it.</summary>
    internal static BinaryRaster? Rasterize(Dimensions image, IReadOnlyList<RegionShape> shapes)
    {
        PixelArea[] boxes = [.. shapes.Select(shape => GetPixelBounds(shape, image)).OfType<PixelArea>()];
        if (boxes is [])
        {
            return null;
        }

        var raster = new BinaryRaster(PixelArea.BoundingBox(boxes));
        foreach (var shape in shapes)
        {
            Rasterize(raster, shape);
        }

        return raster;
    }

    internal static void Rasterize(BinaryRaster raster, RegionShape shape)
    {
        switch (shape)
        {
            case RegionShape.Rectangle rectangle:
                RasterizeRectangle(raster, rectangle);
                break;
            case RegionShape.Ellipse ellipse:
                RasterizeEllipse(raster, ellipse);
                break;
            case RegionShape.Polygon polygon:
                PolygonRasterizer.Rasterize(raster, polygon.Points);
                break;
        }
    }

    private static PixelArea? GetPixelBounds(RegionShape shape, Dimensions image)
    {
        var (left, top, right, bottom) = GetExtent(shape);
        ThrowIfInvalid(left, top, right, bottom);
        return PixelArea.ClipToImage(image, left, top, right, bottom);
    }

    private static (double Left, double Top, double Right, double Bottom) GetExtent(RegionShape shape) => shape switch
    {
        RegionShape.Rectangle box => (box.Left, box.Top, box.Left + box.Width, box.Top + box.Height),
        RegionShape.Ellipse box => (box.Left, box.Top, box.Left + box.Width, box.Top + box.Height),
        RegionShape.Polygon { Points: [] } => (0, 0, 0, 0),
        RegionShape.Polygon polygon => (
            polygon.Points.Min(point => point.X), polygon.Points.Min(point => point.Y),
            polygon.Points.Max(point => point.X), polygon.Points.Max(point => point.Y)),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, null),
    };

    private static void ThrowIfInvalid(double left, double top, double right, double bottom)
    {
        // Also true for NaN.
        if (!(double.IsFinite(left + top + right + bottom) && right >= left && bottom >= top))
        {
            throw new ArgumentOutOfRangeException(nameof(left), "Coordinates of a shape must be finite, and its width and height not negative.");
        }
    }

    private static void RasterizeRectangle(BinaryRaster raster, RegionShape.Rectangle box)
    {
        var (left, right) = CoveredSpan(box.Left, box.Width, raster.Area.Left, raster.Area.Size.Width);
        var (top, bottom) = CoveredSpan(box.Top, box.Height, raster.Area.Top, raster.Area.Size.Height);
        for (var y = top; y < bottom; y++)
        {
            raster.FillSpan(y, left, right);
        }
    }

    /// <summary>The pixels along one axis whose centres are inside; if there are none, the one that contains the middle.</summary>
    private static (int First, int End) CoveredSpan(double start, double length, int low, int count)
    {
        var (from, to) = (Math.Clamp(start, low, low + count), Math.Clamp(start + length, low, low + count));
        var (first, end) = ((int)Math.Ceiling(from - 0.5), (int)Math.Ceiling(to - 0.5));
        var inside = start < low + count && (start + length > low || start == low);
        return first < end || !inside ? (first, end) : ((int)((from + to) / 2), (int)((from + to) / 2) + 1);
    }

    private static void RasterizeEllipse(BinaryRaster raster, RegionShape.Ellipse box)
    {
        var (x, y) = (box.Left + (box.Width / 2), box.Top + (box.Height / 2));
        var painted = false;
        for (var row = raster.Area.Top; row < raster.Area.Top + raster.Area.Size.Height; row++)
        {
            var distance = (row + 0.5 - y) / (box.Height / 2);
            if (Math.Abs(distance) <= 1)
            {
                var halfWidth = box.Width / 2 * Math.Sqrt(1 - (distance * distance));
                painted |= raster.FillSpan(row, x - halfWidth, Math.BitIncrement(x + halfWidth));
            }
        }

        if (!painted)
        {
            var (across, down) = box.Width >= box.Height ? (box.Width / 2, 0.0) : (0.0, box.Height / 2);
            raster.DrawLine(new RegionPoint(x - across, y - down), new RegionPoint(x + across, y + down));
        }
    }
}

/// <summary>Scanline fill of polygons by the non-zero winding rule, along the rows of pixel centres.</summary>
internal static class PolygonRasterizer
{
    internal static void Rasterize(BinaryRaster raster, IReadOnlyList<RegionPoint> points)
    {
        var rows = new List<Crossing>?[raster.Area.Size.Height];
        for (var i = 0; i < points.Count; i++)
        {
            AddCrossings(raster.Area, rows, points[i], points[(i + 1) % points.Count]);
        }

        var painted = false;
        for (var row = 0; row < rows.Length; row++)
        {
            painted |= rows[row] is { } crossings && FillSpans(raster, raster.Area.Top + row, crossings);
        }

        for (var i = 0; i < points.Count && !painted; i++)
        {
            raster.DrawLine(points[i], points[(i + 1) % points.Count]);
        }
    }

    /// <summary>Records where an edge crosses the centre lines of the rows.</summary>
    private static void AddCrossings(PixelArea area, List<Crossing>?[] rows, RegionPoint from, RegionPoint to)
    {
        var (upper, lower, direction) = from.Y <= to.Y ? (from, to, 1) : (to, from, -1);
        var first = FirstRowBelow(upper.Y, area);
        var end = FirstRowBelow(lower.Y, area);
        for (var row = first; row < end; row++)
        {
            var t = (area.Top + row + 0.5 - upper.Y) / (lower.Y - upper.Y);
            (rows[row] ??= []).Add(new Crossing(upper.X + (t * (lower.X - upper.X)), direction));
        }
    }

    private static int FirstRowBelow(double y, PixelArea area) => (int)Math.Ceiling(Math.Clamp(y - area.Top, 0, area.Size.Height) - 0.5);

    private static bool FillSpans(BinaryRaster raster, int y, List<Crossing> crossings)
    {
        crossings.Sort((a, b) => a.X.CompareTo(b.X));
        var painted = false;
        var winding = 0;
        for (var i = 0; i + 1 < crossings.Count; i++)
        {
            winding += crossings[i].Winding;
            painted |= winding != 0 && raster.FillSpan(y, crossings[i].X, crossings[i + 1].X);
        }

        return painted;
    }

    private readonly record struct Crossing(double X, int Winding);
}
