namespace GptImage2.Imaging.Regions;

/// <summary>Paints shapes: a pixel belongs when its centre does. What lies wholly between the centres is drawn as a line, so that it does not vanish.</summary>
internal static class ShapeRasterizer
{
    /// <summary>The union of the shapes, within the picture; null when none touches it.</summary>
    internal static BinaryRaster? Rasterize(Dimensions image, IReadOnlyList<RegionShape> shapes)
    {
        PixelArea[] boxes = [.. shapes.Select(shape => GetPixelBounds(shape, image)).OfType<PixelArea>()];
        if (boxes is [])
        {
            return null;
        }

        var grid = new BinaryRaster(PixelAreaExtensions.BoundingBox(boxes));
        foreach (var shape in shapes)
        {
            Rasterize(grid, shape);
        }

        return grid;
    }

    internal static void Rasterize(BinaryRaster grid, RegionShape shape)
    {
        switch (shape)
        {
            case RegionShape.Rectangle rectangle:
                RasterizeRectangle(grid, rectangle);
                break;
            case RegionShape.Ellipse ellipse:
                RasterizeEllipse(grid, ellipse);
                break;
            case RegionShape.Polygon polygon:
                PolygonRasterizer.Rasterize(grid, polygon.Points);
                break;
        }
    }

    /// <summary>The pixels a shape touches, within the picture; null when there are none.</summary>
    private static PixelArea? GetPixelBounds(RegionShape shape, Dimensions image)
    {
        var (left, top, right, bottom) = GetExtent(shape);
        ThrowIfInvalid(left, top, right, bottom);
        return PixelAreaExtensions.ClipToImage(image, left, top, right, bottom);
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
        // Also true when one of them is no number.
        if (!(double.IsFinite(left + top + right + bottom) && right >= left && bottom >= top))
        {
            throw new ArgumentOutOfRangeException(nameof(left), "A shape's coordinates are finite, its width and height not negative.");
        }
    }

    private static void RasterizeRectangle(BinaryRaster grid, RegionShape.Rectangle box)
    {
        var (left, right) = CoveredSpan(box.Left, box.Width, grid.Area.Left, grid.Area.Size.Width);
        var (top, bottom) = CoveredSpan(box.Top, box.Height, grid.Area.Top, grid.Area.Size.Height);
        for (var y = top; y < bottom; y++)
        {
            grid.FillSpan(y, left, right);
        }
    }

    /// <summary>The pixels along one axis whose centres lie inside; without any, the one in which the middle falls.</summary>
    private static (int First, int End) CoveredSpan(double start, double length, int low, int count)
    {
        var (from, to) = (Math.Clamp(start, low, low + count), Math.Clamp(start + length, low, low + count));
        var (first, end) = ((int)Math.Ceiling(from - 0.5), (int)Math.Ceiling(to - 0.5));
        var inside = start < low + count && (start + length > low || start == low);
        return first < end || !inside ? (first, end) : ((int)((from + to) / 2), (int)((from + to) / 2) + 1);
    }

    private static void RasterizeEllipse(BinaryRaster grid, RegionShape.Ellipse box)
    {
        var (x, y) = (box.Left + (box.Width / 2), box.Top + (box.Height / 2));
        var painted = false;
        for (var row = grid.Area.Top; row < grid.Area.Top + grid.Area.Size.Height; row++)
        {
            var away = (row + 0.5 - y) / (box.Height / 2);
            if (Math.Abs(away) <= 1)
            {
                var half = box.Width / 2 * Math.Sqrt(1 - (away * away));
                painted |= grid.FillSpan(row, x - half, Math.BitIncrement(x + half));
            }
        }

        if (!painted)
        {
            var (across, down) = box.Width >= box.Height ? (box.Width / 2, 0.0) : (0.0, box.Height / 2);
            grid.DrawLine(new RegionPoint(x - across, y - down), new RegionPoint(x + across, y + down));
        }
    }
}
