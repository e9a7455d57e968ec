using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Previews;

/// <summary>Shows where a region is: tinted and outlined on a preview of its image, however small it is.</summary>
public static class RegionOverlay
{
    /// <summary>The image at preview size, dimmed, with the region tinted and outlined; a region too small to notice is circled.</summary>
    /// <param name="feather">In pixels of the original: how softly the tint starts.</param>
    /// <param name="maxEdge">Longest edge of the preview in pixels.</param>
    /// <param name="maxBytes">Largest encoded size.</param>
    /// <exception cref="ArgumentException">The region belongs to an image of another size.</exception>
    public static EncodedPreview Render(
        EncodedImage original, RegionMask region, int feather, int maxEdge = PreviewOptions.DefaultMaxEdge, int maxBytes = 400_000)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(region);
        if (ImageHeader.Read(original).Size is var size && size != region.ImageSize)
        {
            throw new ArgumentException($"The image is {size}, the region belongs to one of {region.ImageSize}.", nameof(region));
        }

        using var preview = Image.OpenThumbnail(original, maxEdge, PreviewOptions.MaxPixels);
        using var opaquePreview = preview.OverCheckerboard(square: 12);
        var painter = new OverlayPainter(opaquePreview.Size, opaquePreview.ToRgbaBytes());
        if (!region.IsEmpty)
        {
            painter.DrawRegion(DownscaledRegion.Create(region, feather, opaquePreview.Size));
        }

        using var drawn = Image.FromPixels(opaquePreview.Size, painter.Pixels);
        using var opaque = drawn.Flatten(Colour.White);
        return SizeLimitedEncoder.Encode(opaque, maxBytes);
    }
}
