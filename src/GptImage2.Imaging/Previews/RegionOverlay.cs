using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Previews;

/// <summary>Shows where a region lies: tinted and outlined on a preview of the picture, however small it is.</summary>
public static class RegionOverlay
{
    /// <summary>The picture at preview size, dimmed, with the region tinted and outlined; a region too small to be seen is ringed.</summary>
    /// <param name="feather">In pixels of the original: how softly the tint begins.</param>
    /// <param name="maxEdge">Longest edge of the preview in pixels.</param>
    /// <param name="maxBytes">Encoded size.</param>
    /// <exception cref="ArgumentException">The region is one of a picture of another size.</exception>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static EncodedPreview Render(
        EncodedImage original, RegionMask region, int feather, int maxEdge = 1568, int maxBytes = 400_000, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(region);
        if (ImageHeader.Read(original, limits).Size is var size && size != region.ImageSize)
        {
            throw new ArgumentException($"The picture is {size}, the region is one of {region.ImageSize}.", nameof(region));
        }

        using var preview = Image.OpenThumbnail(original, maxEdge, limits);
        using var flat = OverCheckerboard(preview);
        var drawing = new OverlayPainter(flat.Size, flat.ToRgbaBytes());
        if (!region.IsEmpty)
        {
            drawing.DrawRegion(DownscaledRegion.Create(region, feather, flat.Size));
        }

        using var drawn = Image.FromPixels(flat.Size, drawing.Pixels);
        using var opaque = drawn.Flatten(Colour.White);
        return SizeLimitedEncoder.Encode(opaque, maxBytes);
    }

    private static Image OverCheckerboard(Image preview)
    {
        using var squares = Image.CreateCheckerboard(preview.Size, 12);
        return squares.Overlay(preview, 0, 0);
    }
}
