using GptImage2.Imaging.Drawing;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Codecs;

/// <summary>
/// An immutable image: each operation gives a new image, which stays valid when its source is disposed. Pixels are computed when they are
/// saved or read, so damage in the file may only show then, as an <see cref="UnreadableImageException"/>. All operations stream from top
/// to bottom, so an image opened for sequential access can take any number of them once.
/// </summary>
public sealed class Image : IDisposable
{
    private readonly VipsImage _image;

    internal Image(VipsImage image) => _image = image;

    public Dimensions Size => new(_image.Width, _image.Height);

    public bool HasAlpha => _image.HasAlpha;

    internal VipsImage Native => _image;

    /// <summary>Opens the first frame, upright (EXIF orientation applied), in its own bit depth and colour space.</summary>
    /// <param name="image">What to open.</param>
    /// <param name="access">
    /// Sequential streams, and is enough for one pass of cropping, resizing, overlaying and saving. Everything that uses the image twice
    /// needs random access, as do rotated photographs (orientation 3 to 8), for which it is chosen anyway.
    /// </param>
    public static Image Open(EncodedImage image, PixelAccess access = PixelAccess.Random)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new Image(new ImageLoader(image).OpenUpright(access));
    }

    /// <summary>Decodes every pixel of the first frame once, and keeps none: damage may show nowhere else.</summary>
    /// <exception cref="UnreadableImageException">It is not an image, or damaged, or beyond the limits.</exception>
    public static void ThrowIfDamaged(EncodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var pixels = new ImageLoader(image).Open(PixelAccess.Sequential);
        using var average = new VipsOperation("shrink").With("in", pixels).With("hshrink", (double)pixels.Width).With("vshrink", (double)pixels.Height).ToImage();
        ImageLoader.WithDecodeErrors(average.CopyToMemory).Dispose();
    }

    /// <summary>A thumbnail of the first frame: upright, 8-bit sRGB, longest edge at most <paramref name="maxEdge"/>, never enlarged. Streams.</summary>
    /// <param name="maxPixels">Its largest area.</param>
    public static Image OpenThumbnail(EncodedImage image, int maxEdge, long maxPixels = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEdge);
        return new Image(ThumbnailLoader.Load(new ImageLoader(image), maxEdge, maxPixels));
    }

    /// <summary>One colour everywhere; takes no memory, however large.</summary>
    public static Image FromColour(Dimensions size, Colour colour) => new(VipsImage.FromColour(colour, size));

    /// <summary>Light grey and white squares, the usual background that makes transparency visible.</summary>
    /// <param name="square">Edge of a square in pixels.</param>
    public static Image CreateCheckerboard(Dimensions size, int square)
    {
        using var pattern = FromPixels(new Dimensions(2, 2), [255, 255, 255, 255, 226, 228, 232, 255, 226, 228, 232, 255, 255, 255, 255, 255]);
        return new Image(pattern._image.TilePattern(square, size));
    }

    /// <summary>The image over a checkerboard, which makes transparency visible; an opaque image is only converted. Gives 8-bit sRGB.</summary>
    /// <param name="square">Edge of a square in pixels.</param>
    public Image OverCheckerboard(int square)
    {
        if (!HasAlpha)
        {
            return ToSrgb8();
        }

        using var checkerboard = CreateCheckerboard(Size, square);
        return checkerboard.Overlay(this, 0, 0);
    }

    /// <summary>Copies pixels: four bytes each (red, green, blue, straight alpha), row by row.</summary>
    public static Image FromPixels(Dimensions size, ReadOnlySpan<byte> rgba) => new(VipsImage.FromRgba(rgba, size));

    /// <summary>The same without a copy: the array is the image's from now on, and must not be changed.</summary>
    internal static Image FromOwnedPixels(Dimensions size, byte[] rgba) => new(VipsImage.FromOwnedRgba(rgba, size));

    /// <summary>Text on a transparent background. Any string is drawn literally; words in a script without a font give way to a note that says so.</summary>
    public static Image FromText(string text, TextStyle style)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(style);
        return new Image(TextRenderer.Render(text, style));
    }

    /// <summary>Scales to exactly this size, changing the aspect ratio if need be; bit depth, colour space and alpha are preserved.</summary>
    public Image Resize(Dimensions size) => new(_image.Resize(size));

    /// <summary>Scales until this size is covered, then crops to it around the centre.</summary>
    public Image ResizeToCover(Dimensions size)
    {
        var scale = Math.Max((double)size.Width / Size.Width, (double)size.Height / Size.Height);
        var covering = new Dimensions(
            Math.Max(size.Width, (int)Math.Round(Size.Width * scale)),
            Math.Max(size.Height, (int)Math.Round(Size.Height * scale)));
        using var scaled = Resize(covering);
        return scaled.Crop((covering.Width - size.Width) / 2, (covering.Height - size.Height) / 2, size);
    }

    /// <exception cref="ArgumentOutOfRangeException">The rectangle reaches outside the image.</exception>
    public Image Crop(int left, int top, Dimensions size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)left + size.Width, Size.Width, nameof(left));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)top + size.Height, Size.Height, nameof(top));
        return new Image(_image.Crop(left, top, size));
    }

    /// <summary>Composites another image over this one (Porter and Duff's "over"), clipped at the edges. Gives 8-bit sRGB.</summary>
    public Image Overlay(Image above, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(above);
        return new Image(_image.Overlay(above._image, x, y));
    }

    /// <summary>Replaces a part by another image of the same kind, alpha included, clipped at the edges.</summary>
    public Image Insert(Image part, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new Image(_image.Insert(part._image, x, y));
    }

    /// <summary>Places the image on a larger or smaller transparent canvas.</summary>
    public Image PlaceOnCanvas(int x, int y, Dimensions canvas)
    {
        using var rgba = _image.EnsureAlpha();
        return new Image(rgba.Embed(x, y, canvas, "black"));
    }

    /// <summary>Multiplies alpha by an opacity from 0 to 1. Gives 8-bit sRGB with alpha.</summary>
    public Image WithOpacity(double opacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opacity, 1);
        using var rgba = _image.ToRgba8();
        return new Image(rgba.ScaleAlpha(opacity));
    }

    /// <summary>Rounds the corners, antialiased. Gives 8-bit sRGB with alpha.</summary>
    /// <param name="radius">In pixels; half the shorter edge makes a pill.</param>
    public Image RoundCorners(double radius)
    {
        using var rgba = _image.ToRgba8();
        using var mask = VipsImage.FromPixels(RoundedRectangleMask.Render(Size, radius), Size.Width, Size.Height, bands: 1);
        return new Image(rgba.MultiplyAlpha(mask));
    }

    /// <summary>Composites over one colour; the result has no alpha.</summary>
    public Image Flatten(Colour background) => new(_image.Flatten(background));

    /// <summary>Converts any bit depth and colour space to 8-bit sRGB.</summary>
    public Image ToSrgb8() => new(_image.ToSrgb8());

    /// <summary>Computes every pixel now, into memory: for an image that is used several times, or whose file is to be released.</summary>
    public Image CopyToMemory() => new(ImageLoader.WithDecodeErrors(_image.CopyToMemory));

    /// <summary>Every pixel as four bytes, 8-bit sRGB with straight alpha, row by row.</summary>
    public byte[] ToRgbaBytes()
    {
        using var rgba = _image.ToRgba8();
        return ImageLoader.WithDecodeErrors(rgba.ToByteArray);
    }

    /// <summary>Alpha alone, one byte a pixel, row by row; opaque where there is none.</summary>
    public byte[] ToAlphaBytes()
    {
        using var rgba = _image.ToRgba8();
        using var alpha = rgba.ExtractBands(3, 1);
        return ImageLoader.WithDecodeErrors(alpha.ToByteArray);
    }

    /// <summary>Whether any pixel is less than opaque. Computes the whole image.</summary>
    public bool HasTransparentPixels()
    {
        if (!HasAlpha)
        {
            return false;
        }

        using var srgb = _image.ToSrgb8();
        using var alpha = srgb.ExtractBands(3, 1);
        return ImageLoader.WithDecodeErrors(alpha.ToByteArray).AsSpan().ContainsAnyExcept((byte)255);
    }

    /// <summary>Encodes into a stream as pixels are computed. The stream is written to from another thread, one call at a time.</summary>
    /// <exception cref="UnreadableImageException">The source file is damaged. Part of the output may have been written.</exception>
    /// <exception cref="Exception">Whatever the stream throws, unchanged.</exception>
    public void Save(Stream stream, SaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        using var target = new VipsTarget(stream);
        using var image = ImageEncoder.PrepareForFormat(_image, options);
        try
        {
            ImageEncoder.CreateSaveOperation(options).With("in", image).With("target", target).Run();
        }
        catch (VipsException exception)
        {
            target.ThrowIfStreamFailed();
            throw ImageLoader.DamagedImage(exception);
        }
    }

    public byte[] Encode(SaveOptions options)
    {
        using var memory = new MemoryStream();
        Save(memory, options);
        return memory.ToArray();
    }

    public void Dispose() => _image.Dispose();
}
