using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Previews;

/// <summary>Makes pictures small enough to be looked at by a model. Streams: memory does not grow with the original.</summary>
public static class PreviewGenerator
{
    /// <summary>A preview under the byte budget, upright, in sRGB and without metadata.</summary>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The crop lies outside the image, or no preview can be that small.</exception>
    public static EncodedPreview Create(EncodedImage image, PreviewOptions? options = null, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= new PreviewOptions();
        using var small = options.Crop is { } crop
            ? OpenCropped(image, crop, options.MaxEdge, limits)
            : Image.OpenThumbnail(image, options.MaxEdge, limits);
        return SizeLimitedEncoder.Encode(small, options.MaxBytes);
    }

    /// <summary>Crops before scaling, in the image as stored: only rows down to the crop's last are decoded, and none is turned.</summary>
    private static Image OpenCropped(EncodedImage image, PixelArea crop, int maxEdge, ImageLimits? limits)
    {
        using var stored = new ImageLoader(image, limits).Open(PixelAccess.Sequential);
        var orientation = ImageHeader.GetOrientation(stored);
        var size = new Dimensions(stored.Width, stored.Height);
        var area = crop.ToStoredOrientation(orientation, size);
        if (!area.IsInside(size))
        {
            throw new ArgumentOutOfRangeException(nameof(crop), crop, "The crop lies outside the image.");
        }

        using var part = stored.Crop(area.Left, area.Top, area.Size);
        return new Image(ThumbnailLoader.ResizeAndRotate(part, maxEdge));
    }
}
