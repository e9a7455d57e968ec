using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Codecs;

/// <summary>Small pictures of large images: decoded small where the format can, streamed where it cannot.</summary>
internal static class ThumbnailLoader
{
    internal static VipsImage Load(ImageLoader loader, int maxEdge)
    {
        using var stored = OpenShrunk(loader, maxEdge);
        return ResizeAndRotate(stored, maxEdge);
    }

    /// <summary>Scales an image that was stored on its side, then turns it: turning first would need every pixel at once.</summary>
    internal static VipsImage ResizeAndRotate(VipsImage stored, int maxEdge)
    {
        using var small = stored.Resize(FitWithin(new Dimensions(stored.Width, stored.Height), maxEdge));
        using var plain = small.ToSrgb8();
        if (ImageHeader.GetOrientation(stored) == 1)
        {
            return plain.Copy();
        }

        try
        {
            using var pixels = plain.CopyToMemory();
            return pixels.AutoRotate();
        }
        catch (VipsException exception)
        {
            throw ImageLoader.DamagedImage(exception);
        }
    }

    /// <summary>The largest size of the same shape whose longest edge is at most this, never more than it was.</summary>
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

    /// <summary>Decoding leaves at least twice the size that is wanted, so that the final scaling still decides how it looks.</summary>
    private static int GetShrinkFactor(ImageFormat format, int factor) => (format, factor) switch
    {
        (ImageFormat.Jpeg or ImageFormat.Webp, >= 16) => 8,
        (ImageFormat.Jpeg or ImageFormat.Webp, >= 8) => 4,
        (ImageFormat.Jpeg or ImageFormat.Webp, >= 4) => 2,
        _ => 1,
    };
}
