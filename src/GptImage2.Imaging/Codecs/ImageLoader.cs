using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Codecs;

/// <summary>In which order an image's pixels will be read.</summary>
public enum PixelAccess
{
    /// <summary>Any order, any number of times: the whole image is decoded into memory (beyond 100 MB into a temporary file).</summary>
    Random,

    /// <summary>Once, from top to bottom: the image streams through in little memory. A second use fails.</summary>
    Sequential,
}

/// <summary>Opens encoded images: picks the loader from the bytes and checks the limits before pixels are decoded.</summary>
internal sealed class ImageLoader
{
    private readonly EncodedImage _image;
    private readonly ImageLimits _limits;
    private readonly byte[] _leadingBytes;

    internal ImageLoader(EncodedImage image)
    {
        _image = image;
        _limits = image.Limits;
        _leadingBytes = image.ReadLeadingBytes();
        Format = FormatSniffer.Detect(_leadingBytes) ?? throw NotAnImage();
        if (image.Length > _limits.MaxBytes)
        {
            throw TooLarge($"{_limits.MaxBytes:N0} bytes", $"{image.Length:N0}");
        }
    }

    internal ImageFormat Format { get; }

    /// <summary>The stored image, not oriented; only the header has been read.</summary>
    /// <param name="access">In which order pixels will be read.</param>
    /// <param name="strict">Whether reading damaged pixels later fails, instead of giving grey.</param>
    /// <param name="shrink">JPEG and WebP can be decoded at a fraction of their size: 1, 2, 4 or 8.</param>
    internal VipsImage Open(PixelAccess access, bool strict = true, int shrink = 1)
    {
        var image = RunLoader(access, strict, shrink);
        try
        {
            EnforceLimits(image, shrink);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>A rectangle of the upright image, cropped from the image as stored: only rows down to its last are decoded, none is rotated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle reaches outside the image.</exception>
    internal VipsImage OpenStoredPart(PixelArea upright)
    {
        using var stored = Open(PixelAccess.Sequential);
        var size = new Dimensions(stored.Width, stored.Height);
        var area = upright.ToStoredOrientation(ImageHeader.GetOrientation(stored), size);
        return area.IsInside(size)
            ? stored.Crop(area.Left, area.Top, area.Size)
            : throw new ArgumentOutOfRangeException(nameof(upright), upright, "The rectangle reaches outside the image.");
    }

    /// <summary>As <see cref="Open"/>, with the EXIF orientation applied.</summary>
    internal VipsImage OpenUpright(PixelAccess access)
    {
        var stored = Open(access);
        switch (ImageHeader.GetOrientation(stored))
        {
            case 1:
                return stored;
            case > 2 when access is PixelAccess.Sequential:
                stored.Dispose();
                return OpenUpright(PixelAccess.Random);
            default:
                return stored.Pipe(image => image.AutoRotate());
        }
    }

    /// <summary>Runs what reads pixels, and reports a failure of libvips as a damaged image.</summary>
    internal static T WithDecodeErrors<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VipsException exception)
        {
            throw DamagedImage(exception);
        }
    }

    internal static UnreadableImageException DamagedImage(Exception inner) =>
        new(ImageReadError.Damaged, "expected an intact image but received one that is damaged or cut short", inner);

    private VipsImage RunLoader(PixelAccess access, bool strict, int shrink)
    {
        try
        {
            using var source = _image.OpenSource();
            var operation = new VipsOperation($"{(Format is ImageFormat.Avif ? ImageFormat.Heif : Format).Name}load_source")
                .With("source", source)
                .WithEnum("access", access is PixelAccess.Sequential ? "sequential" : "random")
                .WithEnum("fail-on", strict ? "error" : "none");
            return ShrinkOnLoad(operation, shrink).ToImage();
        }
        catch (VipsException exception)
        {
            throw Format is ImageFormat.Heif && IsHevc ? Unsupported(exception) : DamagedImage(exception);
        }
    }

    private VipsOperation ShrinkOnLoad(VipsOperation operation, int shrink) => Format switch
    {
        ImageFormat.Jpeg when shrink > 1 => operation.With("shrink", shrink),
        ImageFormat.Webp when shrink > 1 => operation.With("scale", 1.0 / shrink),
        _ => operation,
    };

    private void EnforceLimits(VipsImage image, int shrink)
    {
        var pixels = (long)image.Width * image.Height * shrink * shrink;
        if (shrink == 1 && pixels > _limits.MaxPixels)
        {
            throw TooLarge($"{_limits.MaxPixels:N0} pixels", $"{image.Width}x{image.Height}");
        }

        if ((image.GetInt("n-pages") ?? 1) is var frames && frames > _limits.MaxFrames)
        {
            throw TooLarge($"{_limits.MaxFrames} frames", $"{frames}");
        }
    }

    private bool IsHevc => FormatSniffer.DetectHeifBrand(_leadingBytes)?.StartsWith("he", StringComparison.Ordinal) is true;

    private UnreadableImageException NotAnImage() =>
        new(ImageReadError.NotAnImage, $"expected a PNG, JPEG, WebP, GIF, AVIF/HEIC or TIFF image but received {FormatSniffer.Describe(_leadingBytes)}");

    private static UnreadableImageException TooLarge(string limit, string received) =>
        new(ImageReadError.TooLarge, $"expected at most {limit} but received {received}");

    private static UnreadableImageException Unsupported(Exception inner) => new(
        ImageReadError.Unsupported,
        "expected an image this machine can decode but received HEIC, whose codec (HEVC) the bundled libvips leaves out; convert it to JPEG or PNG",
        inner);
}
