using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Codecs;

/// <summary>Thumbnails of large images: shrunk while decoding where the format can, streamed where it cannot.</summary>
internal static class ThumbnailLoader
{
    internal static VipsImage Load(ImageLoader loader, int maxEdge, long maxPixels)
    {
        using var stored = OpenShrunk(loader, maxEdge, maxPixels, out var size);
        return ResizeAndRotate(stored, size);
    }

    /// <summary>Scales the image as stored and then rotates it: rotating first would need every pixel at once.</summary>
    /// <param name="size">Before it is rotated.</param>
    internal static VipsImage ResizeAndRotate(VipsImage stored, Dimensions size)
    {
        using var resized = stored.Resize(size);
        using var srgb = resized.ToSrgb8();
        if (ImageHeader.GetOrientation(stored) == 1)
        {
            return srgb.Copy();
        }

        using var pixels = ImageLoader.WithDecodeErrors(srgb.CopyToMemory);
        return pixels.AutoRotate();
    }

    /// <summary>The largest size of the same aspect ratio within both limits; never enlarged. A turned size gives the same, turned.</summary>
    internal static Dimensions FitWithin(Dimensions size, int maxEdge, long maxPixels = long.MaxValue)
    {
        var byPixels = Math.Sqrt((double)maxPixels / size.PixelCount);
        var scale = Math.Min(Math.Min(1, byPixels), maxEdge / (double)Math.Max(size.Width, size.Height));
        var rounded = new Dimensions(Math.Max(1, (int)Math.Round(size.Width * scale)), Math.Max(1, (int)Math.Round(size.Height * scale)));
        return rounded.PixelCount <= maxPixels
            ? rounded
            : new Dimensions(Math.Max(1, (int)(size.Width * scale)), Math.Max(1, (int)(size.Height * scale)));
    }

    /// <param name="size">To scale to: of the image as it is, because decoding at a fraction rounds.</param>
    private static VipsImage OpenShrunk(ImageLoader loader, int maxEdge, long maxPixels, out Dimensions size)
    {
        var whole = loader.Open(PixelAccess.Sequential);
        size = FitWithin(new Dimensions(whole.Width, whole.Height), maxEdge, maxPixels);
        var shrink = GetShrinkFactor(loader.Format, Math.Max(whole.Width, whole.Height) / Math.Max(size.Width, size.Height));
        if (shrink == 1)
        {
            return whole;
        }

        whole.Dispose();
        return loader.Open(PixelAccess.Sequential, shrink: shrink);
    }

    /// <summary>Leaves at least twice the wanted size, so that the final high-quality resize decides how it looks.</summary>
    private static int GetShrinkFactor(ImageFormat format, int factor) => (format, factor) switch
    {
        (ImageFormat.Jpeg or ImageFormat.Webp, >= 16) => 8,
        (ImageFormat.Jpeg or ImageFormat.Webp, >= 8) => 4,
        (ImageFormat.Jpeg or ImageFormat.Webp, >= 4) => 2,
        _ => 1,
    };
}
