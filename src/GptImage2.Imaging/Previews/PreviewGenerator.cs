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
            ? OpenCropped(image, crop, options)
            : Image.OpenThumbnail(image, options.MaxEdge, PreviewOptions.MaxPixels);
        return SizeLimitedEncoder.Encode(small, options.MaxBytes);
    }

    private static Image OpenCropped(EncodedImage image, PixelArea crop, PreviewOptions options)
    {
        using var part = new ImageLoader(image).OpenStoredPart(crop);
        var size = new Dimensions(part.Width, part.Height);
        return new Image(ThumbnailLoader.ResizeAndRotate(part, options.Enlargement > 1
            ? new Dimensions(size.Width * options.Enlargement, size.Height * options.Enlargement)
            : PreviewOptions.FitWithin(size, options.MaxEdge)));
    }
}

/// <summary>Limits of a preview.</summary>
public sealed record PreviewOptions
{
    /// <summary>The smallest byte budget that any image can meet.</summary>
    public const int MinBytes = 2048;

    /// <summary>Longest edge in pixels that hosts pass to a model as it is.</summary>
    public const int DefaultMaxEdge = 1568;

    /// <summary>Largest area in pixels that hosts pass to a model as it is: what is larger they scale down, and its reader points at other pixels.</summary>
    public const int MaxPixels = 1_150_000;

    private const int EnlargedEdge = 1024;

    private const int MaxEnlargement = 4;

    private const int MaxEnlargementOnRequest = 8;

    public int MaxEdge { get; init; } = DefaultMaxEdge;

    /// <summary>Largest encoded size, at least <see cref="MinBytes"/>. Base64 adds a third.</summary>
    public int MaxBytes { get; init; } = 400_000;

    /// <summary>The size of a preview of an image or a part of it, before the byte budget; never larger than that.</summary>
    public static Dimensions FitWithin(Dimensions size, int maxEdge = DefaultMaxEdge) => ThumbnailLoader.FitWithin(size, maxEdge, MaxPixels);

    /// <summary>Only this part, in pixels of the upright original; null for the whole.</summary>
    public PixelArea? Crop { get; init; }

    /// <summary>How many pixels wide and high a pixel of the part is shown, from <see cref="ChooseEnlargement"/>; 1 to shrink it where it is too large.</summary>
    public int Enlargement { get; init; } = 1;

    /// <summary>The whole number by which a detail is enlarged: up to 4 and a longest edge of about 1024, or up to 8 and an edge that was asked for.</summary>
    public static int ChooseEnlargement(Dimensions detail, int? maxEdge)
    {
        var (most, edge) = maxEdge is { } wanted ? (MaxEnlargementOnRequest, wanted) : (MaxEnlargement, EnlargedEdge);
        var byArea = (int)Math.Sqrt(MaxPixels / (double)detail.PixelCount);
        return Math.Max(1, Math.Min(Math.Min(most, byArea), edge / Math.Max(detail.Width, detail.Height)));
    }
}

/// <summary>An encoded preview.</summary>
public sealed record EncodedPreview(ReadOnlyMemory<byte> Bytes, ImageFormat Format, Dimensions Size);
