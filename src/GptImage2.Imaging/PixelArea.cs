namespace GptImage2.Imaging;

/// <summary>A rectangle of pixels, counted from the top left corner of an image.</summary>
public readonly record struct PixelArea(int Left, int Top, Dimensions Size)
{
    /// <summary>Less than the rows that libvips caches of a stream, so that two readers may share one.</summary>
    private const int MaxBandHeight = 64;

    /// <summary>As many rows as a JPEG decoder gives at once.</summary>
    private const int MinBandHeight = 8;

    /// <summary>Bands that stay within a processor's cache are read several times as fast as larger ones.</summary>
    private const int BandPixels = 49_152;

    /// <summary>The first column to the right of the rectangle.</summary>
    internal int Right => Left + Size.Width;

    /// <summary>The first row below the rectangle.</summary>
    internal int Bottom => Top + Size.Height;

    public bool IsInside(Dimensions whole) =>
        Left >= 0 && Top >= 0 && (long)Left + Size.Width <= whole.Width && (long)Top + Size.Height <= whole.Height;

    public static PixelArea FromSize(Dimensions image) => new(0, 0, image);

    internal static PixelArea FromEdges(int left, int top, int right, int bottom) => new(left, top, new Dimensions(right - left, bottom - top));

    internal static PixelArea BoundingBox(IReadOnlyCollection<PixelArea> areas) =>
        FromEdges(areas.Min(area => area.Left), areas.Min(area => area.Top), areas.Max(area => area.Right), areas.Max(area => area.Bottom));

    /// <summary>The pixels of an image that a rectangle with fractional edges touches; null when there are none.</summary>
    internal static PixelArea? ClipToImage(Dimensions image, double left, double top, double right, double bottom)
    {
        var (x, width) = ClipSpan(left, right, image.Width);
        var (y, height) = ClipSpan(top, bottom, image.Height);
        return width > 0 && height > 0 ? new PixelArea(x, y, new Dimensions(width, height)) : null;
    }

    /// <summary>Widens every side by some pixels, as far as the image reaches.</summary>
    internal PixelArea Expand(int by, Dimensions image) =>
        FromEdges(Math.Max(0, Left - by), Math.Max(0, Top - by), Math.Min(image.Width, Right + by), Math.Min(image.Height, Bottom + by));

    /// <summary>The same rectangle, counted from the top left corner of another.</summary>
    internal PixelArea RelativeTo(PixelArea other) => this with { Left = Left - other.Left, Top = Top - other.Top };

    internal PixelArea? Intersect(PixelArea other)
    {
        var (left, top) = (Math.Max(Left, other.Left), Math.Max(Top, other.Top));
        var (right, bottom) = (Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));
        return right > left && bottom > top ? FromEdges(left, top, right, bottom) : null;
    }

    /// <summary>Splits into bands of full width, so that only a few rows of an image are held at a time.</summary>
    internal IEnumerable<PixelArea> SplitIntoRowBands() => SplitIntoRowBands(Math.Clamp(BandPixels / Size.Width, MinBandHeight, MaxBandHeight));

    /// <param name="height">Rows of a band; the last may have fewer.</param>
    internal IEnumerable<PixelArea> SplitIntoRowBands(int height)
    {
        for (var top = Top; top < Bottom; top += height)
        {
            yield return this with { Top = top, Size = new Dimensions(Size.Width, Math.Min(height, Bottom - top)) };
        }
    }

    /// <summary>Maps a rectangle of the upright image to the image as stored.</summary>
    /// <param name="orientation">EXIF orientation, 1 to 8.</param>
    /// <param name="stored">Size of the image as stored.</param>
    internal PixelArea ToStoredOrientation(int orientation, Dimensions stored)
    {
        var upright = orientation < 5 ? this : new PixelArea(Top, Left, new Dimensions(Size.Height, Size.Width));
        var mirrored = orientation is 2 or 3 or 7 or 8;
        var flipped = orientation is 3 or 4 or 6 or 7;
        return upright with
        {
            Left = mirrored ? stored.Width - upright.Left - upright.Size.Width : upright.Left,
            Top = flipped ? stored.Height - upright.Top - upright.Size.Height : upright.Top,
        };
    }

    private static (int First, int Count) ClipSpan(double from, double to, int length)
    {
        var first = (int)Math.Floor(Math.Clamp(from, 0, length));
        var end = (int)Math.Ceiling(Math.Clamp(to, 0, length));
        // A span without any width still falls into one pixel.
        return from == to && from >= 0 && from < length ? (first, 1) : (first, end - first);
    }
}
