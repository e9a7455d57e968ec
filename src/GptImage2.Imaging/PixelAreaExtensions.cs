namespace GptImage2.Imaging;

/// <summary>Arithmetic of rectangles of pixels.</summary>
internal static class PixelAreaExtensions
{
    extension(PixelArea area)
    {
        internal int Right => area.Left + area.Size.Width;

        internal int Bottom => area.Top + area.Size.Height;

        /// <summary>Wider by some pixels on each side, as far as the picture goes.</summary>
        internal PixelArea Expand(int by, Dimensions image) =>
            FromEdges(Math.Max(0, area.Left - by), Math.Max(0, area.Top - by), Math.Min(image.Width, area.Right + by), Math.Min(image.Height, area.Bottom + by));

        internal bool Contains(PixelArea inner) =>
            inner.Left >= area.Left && inner.Top >= area.Top && inner.Right <= area.Right && inner.Bottom <= area.Bottom;

        /// <summary>The same rectangle, counted from the corner of another.</summary>
        internal PixelArea RelativeTo(PixelArea other) => area with { Left = area.Left - other.Left, Top = area.Top - other.Top };

        /// <summary>What both share; null when that is nothing.</summary>
        internal PixelArea? Intersect(PixelArea other)
        {
            var (left, top) = (Math.Max(area.Left, other.Left), Math.Max(area.Top, other.Top));
            var (right, bottom) = (Math.Min(area.Right, other.Right), Math.Min(area.Bottom, other.Bottom));
            return right > left && bottom > top ? FromEdges(left, top, right, bottom) : null;
        }
    }

    internal static PixelArea FromSize(Dimensions image) => new(0, 0, image);

    internal static PixelArea FromEdges(int left, int top, int right, int bottom) => new(left, top, new Dimensions(right - left, bottom - top));

    internal static PixelArea BoundingBox(IReadOnlyCollection<PixelArea> areas) =>
        FromEdges(areas.Min(area => area.Left), areas.Min(area => area.Top), areas.Max(area => area.Right), areas.Max(area => area.Bottom));

    /// <summary>The pixels of a picture that a rectangle touches; null when there are none.</summary>
    internal static PixelArea? ClipToImage(Dimensions image, double left, double top, double right, double bottom)
    {
        var (x, width) = ClipSpan(left, right, image.Width);
        var (y, height) = ClipSpan(top, bottom, image.Height);
        return width > 0 && height > 0 ? new PixelArea(x, y, new Dimensions(width, height)) : null;
    }

    private static (int First, int Count) ClipSpan(double from, double to, int length)
    {
        var first = (int)Math.Floor(Math.Clamp(from, 0, length));
        var end = (int)Math.Ceiling(Math.Clamp(to, 0, length));
        // What has no width still lies in a pixel.
        return from == to && from >= 0 && from < length ? (first, 1) : (first, end - first);
    }
}
