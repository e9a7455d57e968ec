using GptImage2.Imaging.Drawing;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Codecs;

/// <summary>
/// A picture that can be worked on. Nothing is changed in place: each step gives a new picture, which stays valid when the
/// earlier one is disposed. Pixels are computed when they are saved or read, so damage in the file may show only then.
/// </summary>
public sealed partial class Image : IDisposable
{
    private readonly VipsImage _image;

    internal Image(VipsImage image) => _image = image;

    public Dimensions Size => new(_image.Width, _image.Height);

    public bool HasAlpha => _image.HasAlpha;

    internal VipsImage Native => _image;

    /// <summary>Opens the first frame, upright (EXIF orientation applied), in its own depth and colours.</summary>
    /// <param name="image">What to open.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <param name="access">
    /// Sequential streams, and is enough for one pass of cropping, resizing, overlaying and saving. Everything that uses the picture twice
    /// needs random access, as do turned photographs (orientation 3 to 8), for which it is chosen anyway.
    /// </param>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Image Open(EncodedImage image, ImageLimits? limits = null, PixelAccess access = PixelAccess.Random)
    {
        ArgumentNullException.ThrowIfNull(image);
        var loader = new ImageLoader(image, limits);
        return new Image(loader.OpenUpright(access));
    }

    /// <summary>A small picture of the first frame: upright, 8-bit sRGB, longest edge at most <paramref name="maxEdge"/>, never enlarged. Streams.</summary>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Image OpenThumbnail(EncodedImage image, int maxEdge, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEdge);
        return new Image(ThumbnailLoader.Load(new ImageLoader(image, limits), maxEdge));
    }

    /// <summary>One colour everywhere; costs no memory however large.</summary>
    public static Image FromColour(Dimensions size, Colour colour)
    {
        using var pixel = FromPixels(new Dimensions(1, 1), [colour.Red, colour.Green, colour.Blue, colour.Alpha]);
        return new Image(pixel._image.Embed(0, 0, size, "copy"));
    }

    /// <summary>Light squares, the usual ground for showing what is transparent.</summary>
    public static Image CreateCheckerboard(Dimensions size, int square)
    {
        using var pattern = FromPixels(new Dimensions(2, 2), [255, 255, 255, 255, 226, 228, 232, 255, 226, 228, 232, 255, 255, 255, 255, 255]);
        return new Image(pattern._image.TilePattern(square, size));
    }

    /// <summary>Copies pixels that were drawn elsewhere.</summary>
    /// <param name="size">How the pixels are laid out.</param>
    /// <param name="rgba">Four bytes a pixel, row by row; alpha is not premultiplied.</param>
    public static Image FromPixels(Dimensions size, ReadOnlySpan<byte> rgba)
    {
        using var raw = VipsImage.FromPixels(rgba, size.Width, size.Height, bands: 4);
        return new Image(raw.WithInterpretation("srgb"));
    }

    /// <summary>Text on a transparent ground. Any string is drawn as it is; what cannot be drawn is shown as a box.</summary>
    public static Image FromText(string text, TextStyle style)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(style);
        return new Image(TextRenderer.Render(text, style));
    }

    /// <summary>Every pixel as four bytes, 8-bit sRGB with alpha, row by row. Computes the whole picture.</summary>
    /// <exception cref="UnreadableImageException">The file it comes from is damaged.</exception>
    public byte[] ToRgbaBytes()
    {
        using var plain = _image.ToSrgb8();
        using var rgba = plain.EnsureAlpha();
        return WithDecodeErrors(rgba.ToByteArray);
    }

    /// <summary>Computes every pixel now, into memory: for a picture that is used several times, or whose file should be let go.</summary>
    /// <exception cref="UnreadableImageException">The file it comes from is damaged.</exception>
    public Image CopyToMemory() => new(WithDecodeErrors(_image.CopyToMemory));

    /// <summary>Whether any pixel is less than opaque. Computes the whole picture.</summary>
    /// <exception cref="UnreadableImageException">The file it comes from is damaged.</exception>
    public bool HasTransparentPixels()
    {
        if (!HasAlpha)
        {
            return false;
        }

        using var plain = _image.ToSrgb8();
        using var alpha = plain.ExtractBands(3, 1);
        return WithDecodeErrors(alpha.ToByteArray).AsSpan().ContainsAnyExcept((byte)255);
    }

    public void Dispose() => _image.Dispose();

    private static T WithDecodeErrors<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VipsException exception)
        {
            throw ImageLoader.DamagedImage(exception);
        }
    }
}
