using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Previews;

/// <summary>Makes previews that a model can look at. Streams: memory does not grow with the original.</summary>
public static class PreviewGenerator
{
    /// <summary>A preview within the byte budget: upright, 8-bit sRGB, without metadata.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The crop reaches outside the image, or <see cref="PreviewOptions.MaxBytes"/> is less than any preview needs.</exception>
    public static EncodedPreview Create(EncodedImage image, PreviewOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= new PreviewOptions();
        using var small = options.Crop is { } crop
            ? OpenCropped(image, crop, options.MaxEdge)
            : Image.OpenThumbnail(image, options.MaxEdge);
        return SizeLimitedEncoder.Encode(small, options.MaxBytes);
    }

    private static Image OpenCropped(EncodedImage image, PixelArea crop, int maxEdge)
    {
        using var part = new ImageLoader(image).OpenStoredPart(crop);
        return new Image(ThumbnailLoader.ResizeAndRotate(part, maxEdge));
    }
}

/// <summary>Limits of a preview.</summary>
public sealed record PreviewOptions
{
    /// <summary>The smallest byte budget that any image can meet.</summary>
    public const int MinBytes = 2048;

    /// <summary>Longest edge in pixels that vision models look at without downscaling.</summary>
    public const int DefaultMaxEdge = 1568;

    public int MaxEdge { get; init; } = DefaultMaxEdge;

    /// <summary>Largest encoded size, at least <see cref="MinBytes"/>. Base64 adds a third.</summary>
    public int MaxBytes { get; init; } = 400_000;

    /// <summary>Only this part, in pixels of the upright original; null for the whole.</summary>
    public PixelArea? Crop { get; init; }
}

/// <summary>An encoded preview.</summary>
public sealed record EncodedPreview(ReadOnlyMemory<byte> Bytes, ImageFormat Format, Dimensions Size);
