using GptImage2.Imaging.Drawing;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Codecs;

/// <content>The steps. All stream from top to bottom, so a sequential picture can take any number of them once.</content>
public sealed partial class Image
{
    /// <summary>Scales to exactly this size, changing the shape if need be; depth, colours and alpha are kept.</summary>
    public Image Resize(Dimensions size) => new(_image.Resize(size));

    /// <summary>Scales until this size is covered, then crops evenly to exactly it.</summary>
    public Image ResizeToCover(Dimensions size)
    {
        var scale = Math.Max((double)size.Width / Size.Width, (double)size.Height / Size.Height);
        var covering = new Dimensions(
            Math.Max(size.Width, (int)Math.Round(Size.Width * scale)),
            Math.Max(size.Height, (int)Math.Round(Size.Height * scale)));
        using var scaled = Resize(covering);
        return scaled.Crop((covering.Width - size.Width) / 2, (covering.Height - size.Height) / 2, size);
    }

    /// <summary>Cuts out a rectangle.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It reaches outside the picture.</exception>
    public Image Crop(int left, int top, Dimensions size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)left + size.Width, Size.Width, nameof(left));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)top + size.Height, Size.Height, nameof(top));
        return new Image(_image.Crop(left, top, size));
    }

    /// <summary>Lays a picture over this one, its alpha respected; what hangs over the edge is cut off. Gives 8-bit sRGB.</summary>
    public Image Overlay(Image above, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(above);
        return new Image(_image.Overlay(above._image, x, y));
    }

    /// <summary>Replaces a part of this picture by another of the same kind, its alpha and all; what hangs over the edge is cut off.</summary>
    public Image Insert(Image part, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new Image(_image.Insert(part._image, x, y));
    }

    /// <summary>Puts this picture into a larger or smaller frame at a position; the rest is transparent.</summary>
    public Image PlaceOnCanvas(int x, int y, Dimensions frame)
    {
        using var rgba = _image.EnsureAlpha();
        return new Image(rgba.Embed(x, y, frame, "black"));
    }

    /// <summary>Makes it fainter: 1 leaves it as it is, 0 makes it invisible. Gives 8-bit sRGB with alpha.</summary>
    public Image WithOpacity(double opacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opacity, 1);
        using var plain = _image.ToSrgb8();
        using var rgba = plain.EnsureAlpha();
        return new Image(rgba.ScaleAlpha(opacity));
    }

    /// <summary>Rounds the corners off, smoothly. Gives 8-bit sRGB with alpha.</summary>
    /// <param name="radius">In pixels; half the shorter edge makes a pill.</param>
    public Image RoundCorners(double radius)
    {
        using var plain = _image.ToSrgb8();
        using var rgba = plain.EnsureAlpha();
        using var mask = VipsImage.FromPixels(RoundedRectangleMask.Render(Size, radius), Size.Width, Size.Height, bands: 1);
        return new Image(rgba.MultiplyAlpha(mask));
    }

    /// <summary>Fills what is transparent with a colour; the result has no alpha.</summary>
    public Image Flatten(Colour ground) => new(_image.Flatten(ground));

    /// <summary>8-bit sRGB, from whatever depth and colours.</summary>
    public Image ToSrgb8() => new(_image.ToSrgb8());
}
