namespace GptImage2.Imaging.Regions;

/// <summary>Which pixels of a picture may change: one decision a pixel.</summary>
public sealed class RegionMask
{
    private readonly PixelArea? _bounds;
    private readonly byte[] _pixels;
    private readonly long _count;

    private RegionMask(Dimensions image, PixelArea? bounds, byte[] pixels)
    {
        ImageSize = image;
        _bounds = bounds;
        _pixels = pixels;
        _count = pixels.AsSpan().Count((byte)1);
    }

    /// <summary>Size of the upright picture.</summary>
    public Dimensions ImageSize { get; }

    /// <summary>The smallest rectangle around every pixel that changes.</summary>
    /// <exception cref="InvalidOperationException">Nothing changes.</exception>
    public PixelArea Bounds => _bounds ?? throw new InvalidOperationException("A region in which nothing changes has no bounds.");

    /// <summary>Share of the picture's pixels that change, 0 to 1.</summary>
    public double Coverage => (double)_count / ImageSize.PixelCount;

    /// <summary>Nothing changes.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Everything changes.</summary>
    public bool IsFull => _count == ImageSize.PixelCount;

    /// <summary>Of <see cref="Bounds"/>, in pixels; 0 when nothing changes.</summary>
    public int ShorterSide => _bounds is { Size: var size } ? Math.Min(size.Width, size.Height) : 0;

    /// <summary>The widest feather that leaves a core: a quarter of the shorter side, in pixels.</summary>
    public int MaxFeather => ShorterSide / 4;

    /// <summary>How many pixels change.</summary>
    internal long PixelCount => _count;

    /// <summary>The union of the shapes, or everything but it. A pixel belongs to a shape when its centre does.</summary>
    /// <param name="image">Size of the upright picture.</param>
    /// <param name="shapes">May overlap. One that lies in the picture, however thin, covers at least the pixels it falls in.</param>
    /// <param name="invert">Whether the shapes are what stays.</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is no number, or a width or height is negative.</exception>
    public static RegionMask FromShapes(Dimensions image, IReadOnlyList<RegionShape> shapes, bool invert = false)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        var painted = ShapeRasterizer.Rasterize(image, shapes);
        return invert ? CreateInverted(image, painted)
            : painted is null ? new RegionMask(image, null, [])
            : FromPixels(image, painted.Area, painted.Pixels);
    }

    /// <summary>1 % of the picture's shorter edge, 4 to 32 pixels, and at most a quarter of the region's shorter side: 0 for a tiny region.</summary>
    public static int DefaultFeather(Dimensions image, int shorterSideOfRegion) =>
        Math.Min(Math.Clamp(Math.Min(image.Width, image.Height) / 100, 4, 32), shorterSideOfRegion / 4);

    /// <summary>Whether a pixel changes; none outside the picture does.</summary>
    public bool Contains(int x, int y) =>
        _bounds is { } bounds && bounds.Contains(new PixelArea(x, y, new Dimensions(1, 1)))
        && _pixels[((long)(y - bounds.Top) * bounds.Size.Width) + x - bounds.Left] != 0;

    /// <summary>
    /// How much of a change each pixel takes: one byte a pixel, row by row. 0 outside the region always; inside it rises smoothly to 255 over
    /// <paramref name="feather"/> pixels, counted from the nearest pixel that stays. The picture's own edges are no edges of the region.
    /// An island of the region too thin for the feather takes half its own depth, so that each has a core that changes wholly.
    /// </summary>
    /// <param name="area">Which part of the picture is wanted.</param>
    /// <param name="feather">In pixels; 0 for a hard edge.</param>
    public byte[] GetFeatherWeights(PixelArea area, int feather)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feather);
        var weights = new byte[area.Size.PixelCount];
        if (_bounds is { } bounds && bounds.Intersect(area) is not null)
        {
            new Feathering(this, area, feather).WriteWeights(weights);
        }

        return weights;
    }

    /// <summary>A rectangle of a picture.</summary>
    internal static RegionMask FromArea(Dimensions image, PixelArea area)
    {
        var pixels = new byte[area.Size.PixelCount];
        pixels.AsSpan().Fill(1);
        return new RegionMask(image, area, pixels);
    }

    /// <summary>One byte a pixel of an area, 1 where it changes. The bounds are found, so that only they are held.</summary>
    internal static RegionMask FromPixels(Dimensions image, PixelArea area, byte[] pixels)
    {
        if (FindBounds(area, pixels) is not { } bounds)
        {
            return new RegionMask(image, null, []);
        }

        if (bounds == area)
        {
            return new RegionMask(image, area, pixels);
        }

        var kept = new byte[bounds.Size.PixelCount];
        for (var y = 0; y < bounds.Size.Height; y++)
        {
            RowSpan(pixels, area, bounds.Top + y).Slice(bounds.Left - area.Left, bounds.Size.Width).CopyTo(kept.AsSpan(y * bounds.Size.Width));
        }

        return new RegionMask(image, bounds, kept);
    }

    /// <summary>Some pixels of a row: 1 where they change, 0 where they stay or lie outside the picture.</summary>
    internal void CopyRow(int y, int left, Span<byte> pixels)
    {
        pixels.Clear();
        if (_bounds is { } bounds && y >= bounds.Top && y < bounds.Bottom)
        {
            var (first, end) = (Math.Max(left, bounds.Left), Math.Min(left + pixels.Length, bounds.Right));
            if (end > first)
            {
                RowSpan(_pixels, bounds, y)[(first - bounds.Left)..(end - bounds.Left)].CopyTo(pixels[(first - left)..]);
            }
        }
    }

    /// <summary>One byte a pixel of an area, 1 where it changes.</summary>
    internal byte[] GetMask(PixelArea area)
    {
        var marks = new byte[area.Size.PixelCount];
        for (var y = area.Top; y < area.Bottom; y++)
        {
            CopyRow(y, area.Left, RowSpan(marks, area, y));
        }

        return marks;
    }

    private static RegionMask CreateInverted(Dimensions image, BinaryRaster? painted)
    {
        var pixels = new byte[image.PixelCount];
        pixels.AsSpan().Fill(1);
        for (var y = painted?.Area.Top ?? 0; y < (painted?.Area.Bottom ?? 0); y++)
        {
            var kept = RowSpan(pixels, PixelAreaExtensions.FromSize(image), y).Slice(painted!.Area.Left, painted.Area.Size.Width);
            var shape = RowSpan(painted.Pixels, painted.Area, y);
            for (var x = 0; x < kept.Length; x++)
            {
                kept[x] ^= shape[x];
            }
        }

        return FromPixels(image, PixelAreaExtensions.FromSize(image), pixels);
    }

    private static PixelArea? FindBounds(PixelArea area, byte[] pixels)
    {
        var (left, right, top, bottom) = (int.MaxValue, -1, -1, -1);
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = RowSpan(pixels, area, y);
            if (row.IndexOf((byte)1) is >= 0 and var first)
            {
                (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOf((byte)1)));
                (top, bottom) = (top < 0 ? y : top, y);
            }
        }

        return right < 0 ? null : PixelAreaExtensions.FromEdges(area.Left + left, top, area.Left + right + 1, bottom + 1);
    }

    private static Span<byte> RowSpan(byte[] pixels, PixelArea area, int y) =>
        pixels.AsSpan((y - area.Top) * area.Size.Width, area.Size.Width);
}
