using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Codecs;

/// <summary>Thumbnails of large images: shrunk while decoding where the format can, streamed where it cannot.</summary>
internal static class ThumbnailLoader
{
    internal static VipsImage Load(ImageLoader loader, int maxEdge)
    {
        using var stored = OpenShrunk(loader, maxEdge);
        return ResizeAndRotate(stored, maxEdge);
    }

    /// <summary>Scales the image as stored and then rotates it: rotating first would need every pixel at once.</summary>
    internal static VipsImage ResizeAndRotate(VipsImage stored, int maxEdge)
    {
        using var resized = stored.Resize(FitWithin(new Dimensions(stored.Width, stored.Height), maxEdge));
        using var srgb = resized.ToSrgb8();
        if (ImageHeader.GetOrientation(stored) == 1)
        {
            return srgb.Copy();
        }

        using var pixels = ImageLoader.WithDecodeErrors(srgb.CopyToMemory);
        return pixels.AutoRotate();
    }

    /// <summary>The largest size of the same aspect ratio whose longest edge is at most this; never enlarged.</summary>
    internal static Dimensions FitWithin(Dimensions size, int maxEdge)
    {
        var scale = Math.Min(1, maxEdge / (double)Math.Max(size.Width, size.Height));
        return new Dimensions(Math.Max(1, (int)Math.Round(size.Width * scale)), Math.Max(1, (int)Math.Round(size.Height * scale)));
    }

    private static VipsImage OpenShrunk(ImageLoader loader, int maxEdge)
    {
        var whole = loader.Open(PixelAccess.Sequential);
        var shrink = GetShrinkFactor(loader.Format, Math.Max(whole.Width, whole.Height) / maxEdge);
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
