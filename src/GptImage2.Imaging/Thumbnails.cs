using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging;

/// <summary>Small pictures of large images: decoded small where the format can, streamed where it cannot.</summary>
internal static class Thumbnails
{
    internal static VipsImage Open(Loader loader, int maxEdge)
    {
        using var stored = OpenShrunk(loader, maxEdge);
        return Fit(stored, maxEdge);
    }

    /// <summary>Scales an image that was stored on its side, then turns it: turning first would need every pixel at once.</summary>
    internal static VipsImage Fit(VipsImage stored, int maxEdge)
    {
        using var small = stored.Resize(Fitting(new Dimensions(stored.Width, stored.Height), maxEdge));
        using var plain = small.ToSrgb8();
        if (ImageHeader.Orientation(stored) == 1)
        {
            return plain.Copy();
        }

        try
        {
            using var pixels = plain.InMemory();
            return pixels.Upright();
        }
        catch (VipsException exception)
        {
            throw Loader.Damaged(exception);
        }
    }

    /// <summary>The largest size of the same shape whose longest edge is at most this, never more than it was.</summary>
    internal static Dimensions Fitting(Dimensions size, int maxEdge)
    {
        var scale = Math.Min(1, maxEdge / (double)Math.Max(size.Width, size.Height));
        return new Dimensions(Math.Max(1, (int)Math.Round(size.Width * scale)), Math.Max(1, (int)Math.Round(size.Height * scale)));
    }

    private static VipsImage OpenShrunk(Loader loader, int maxEdge)
    {
        var whole = loader.Open(PixelAccess.Sequential);
        var shrink = Shrink(loader.Format, Math.Max(whole.Width, whole.Height) / maxEdge);
        if (shrink == 1)
        {
            return whole;
        }

        whole.Dispose();
        return loader.Open(PixelAccess.Sequential, shrink: shrink);
    }

    /// <summary>Decoding leaves at least twice the size that is wanted, so that the final scaling still decides how it looks.</summary>
    private static int Shrink(ImageFormat format, int factor) => (format, factor) switch
    {
        (ImageFormat.Jpeg or ImageFormat.Webp, >= 16) => 8,
        (ImageFormat.Jpeg or ImageFormat.Webp, >= 8) => 4,
        (ImageFormat.Jpeg or ImageFormat.Webp, >= 4) => 2,
        _ => 1,
    };
}
