namespace GptImage2.Imaging.Regions;

/// <summary>Which pixels of an image may change; of a soft mask also how much.</summary>
public sealed class RegionMask
{
    private readonly PixelArea? _bounds;
    private readonly byte[] _pixels;
    private readonly byte[]? _weights;

    private RegionMask(Dimensions image, PixelArea? bounds, byte[] pixels, byte[]? weights = null)
    {
        ImageSize = image;
        _bounds = bounds;
        _pixels = pixels;
        _weights = weights;
        PixelCount = pixels.AsSpan().Count((byte)1);
    }

    /// <summary>Size of the upright image.</summary>
    public Dimensions ImageSize { get; }

    /// <summary>Bounding box of the pixels that change.</summary>
    /// <exception cref="InvalidOperationException">The region is empty.</exception>
    public PixelArea Bounds => _bounds ?? throw new InvalidOperationException("An empty region has no bounds.");

    /// <summary>Share of the image's pixels that change, 0 to 1.</summary>
    public double Coverage => (double)PixelCount / ImageSize.PixelCount;

    public bool IsEmpty => PixelCount == 0;

    /// <summary>Whether it has weights of its own: pixels that change in part.</summary>
    public bool IsSoft => _weights is not null;

    public bool IsFull => PixelCount == ImageSize.PixelCount;

    /// <summary>Shorter side of <see cref="Bounds"/> in pixels; 0 for an empty region.</summary>
    public int ShorterSide => _bounds is { Size: var size } ? Math.Min(size.Width, size.Height) : 0;

    /// <summary>The widest feather that leaves a fully changed core: a quarter of the shorter side, in pixels.</summary>
    public int MaxFeather => ShorterSide / 4;

    /// <summary>Number of pixels that change.</summary>
    internal long PixelCount { get; }

    /// <summary>The union of the shapes, or its complement. A pixel belongs to a shape when its centre does.</summary>
    /// <param name="image">Size of the upright image.</param>
    /// <param name="shapes">May overlap. However thin, a shape inside the image covers at least the pixels it crosses.</param>
    /// <param name="invert">Whether the shapes mark what stays.</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is not finite, or a width or height is negative.</exception>
    public static RegionMask FromShapes(Dimensions image, IReadOnlyList<RegionShape> shapes, bool invert = false)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        var raster = ShapeRasterizer.Rasterize(image, shapes);
        var region = raster is null ? new RegionMask(image, null, []) : FromPixels(image, raster.Area, raster.Pixels);
        return invert ? region.Invert() : region;
    }

    /// <summary>1 % of the image's shorter edge, 4 to 32 pixels, and at most a quarter of the region's shorter side: 0 for a tiny region.</summary>
    public static int DefaultFeather(Dimensions image, int shorterSideOfRegion) =>
        Math.Min(Math.Clamp(Math.Min(image.Width, image.Height) / 100, 4, 32), shorterSideOfRegion / 4);

    /// <summary>Whether a pixel changes; pixels outside the image never do.</summary>
    internal bool Contains(int x, int y) => GetMask(new PixelArea(x, y, new Dimensions(1, 1))) is [1];

    /// <summary>
    /// Blend weights, one byte a pixel, row by row: always 0 outside the region; inside a smoothstep that rises to 255 over
    /// <paramref name="feather"/> pixels from the nearest pixel that stays. The edges of the image are no edges of the region.
    /// A connected part too thin for the feather uses half its own depth, so that each has a core that changes fully. A soft mask's own weights
    /// are multiplied by that.
    /// </summary>
    /// <param name="area">Which part of the image is wanted.</param>
    /// <param name="feather">In pixels; 0 for a hard edge.</param>
    public byte[] GetFeatherWeights(PixelArea area, int feather)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feather);
        var weights = new byte[area.Size.PixelCount];
        if (_bounds is not { } bounds || bounds.Intersect(area) is not { } common)
        {
            return weights;
        }

        new Feathering(this, area, feather).WriteWeights(weights);
        if (_weights is not null)
        {
            MultiplyByOwnWeights(weights, area, common);
        }

        return weights;
    }

    internal static RegionMask FromArea(Dimensions image, PixelArea area)
    {
        var pixels = new byte[area.Size.PixelCount];
        pixels.AsSpan().Fill(1);
        return new RegionMask(image, area, pixels);
    }

    /// <summary>One byte a pixel of an area, 1 where it changes. Only the bounding box is kept.</summary>
    internal static RegionMask FromPixels(Dimensions image, PixelArea area, byte[] pixels)
    {
        if (FindBounds(area, pixels) is not { } bounds)
        {
            return new RegionMask(image, null, []);
        }

        return new RegionMask(image, bounds, Crop(pixels, area, bounds));
    }

    /// <summary>One byte a pixel of an area: 0 where it stays, 255 where it changes fully, in between where it changes in part.</summary>
    internal static RegionMask FromWeights(Dimensions image, PixelArea area, byte[] weights)
    {
        var pixels = new byte[weights.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = weights[i] == 0 ? (byte)0 : (byte)1;
        }

        return FindBounds(area, pixels) is { } bounds
            ? new RegionMask(image, bounds, Crop(pixels, area, bounds), Crop(weights, area, bounds))
            : new RegionMask(image, null, []);
    }

    /// <summary>Copies a part of a row: 1 where pixels change, 0 where they stay or are outside the image.</summary>
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
        var mask = new byte[area.Size.PixelCount];
        for (var y = area.Top; y < area.Bottom; y++)
        {
            CopyRow(y, area.Left, RowSpan(mask, area, y));
        }

        return mask;
    }

    private RegionMask Invert()
    {
        var whole = PixelArea.FromSize(ImageSize);
        var pixels = GetMask(whole);
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] ^= 1;
        }

        return FromPixels(ImageSize, whole, pixels);
    }

    private void MultiplyByOwnWeights(byte[] weights, PixelArea area, PixelArea common)
    {
        for (var y = common.Top; y < common.Bottom; y++)
        {
            var own = RowSpan(_weights!, Bounds, y).Slice(common.Left - Bounds.Left, common.Size.Width);
            var row = RowSpan(weights, area, y).Slice(common.Left - area.Left, common.Size.Width);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = (byte)(((row[x] * own[x]) + 127) / 255);
            }
        }
    }

    private static byte[] Crop(byte[] pixels, PixelArea area, PixelArea bounds)
    {
        if (bounds == area)
        {
            return pixels;
        }

        var cropped = new byte[bounds.Size.PixelCount];
        for (var y = 0; y < bounds.Size.Height; y++)
        {
            RowSpan(pixels, area, bounds.Top + y).Slice(bounds.Left - area.Left, bounds.Size.Width).CopyTo(cropped.AsSpan(y * bounds.Size.Width));
        }

        return cropped;
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

        return right < 0 ? null : PixelArea.FromEdges(area.Left + left, top, area.Left + right + 1, bottom + 1);
    }

    private static Span<byte> RowSpan(byte[] pixels, PixelArea area, int y) =>
        pixels.AsSpan((y - area.Top) * area.Size.Width, area.Size.Width);
}
