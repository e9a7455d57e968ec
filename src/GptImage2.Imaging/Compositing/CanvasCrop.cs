using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>What a model is sent of a picture, and the mask that goes with it.</summary>
public static class CanvasCrop
{
    /// <summary>Above this mean brightness of what shows, white would swallow it.</summary>
    private const double NearWhiteThreshold = 200;

    private static readonly Colour MiddleGrey = new(128, 128, 128);

    /// <summary>
    /// The part on its canvas: upright, 8-bit sRGB without alpha, scaled, its edges repeated into the padding. Held in memory.
    /// Transparency is filled with white, or with a middle grey where what shows is itself nearly white.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside the picture.</exception>
    /// <exception cref="UnreadableImageException">No image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Image Extract(EncodedImage original, CanvasPlacement fit, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(fit);
        using var part = LoadScaledPart(original, fit, limits);
        using var flat = part.Flatten(ChooseBackground(part));
        using var canvas = flat.Embed(fit.PadLeft, fit.PadTop, fit.Canvas, "copy");
        return new Image(canvas.CopyToMemory());
    }

    /// <summary>
    /// A PNG of the canvas' size with alpha: 0 where the model may draw, 255 elsewhere, padding included. Noise over 3840x2160 takes
    /// 2.0 MB with the bundled libvips; other compressors are worse, so what does not fit is made coarser.
    /// </summary>
    /// <param name="maxBytes">The encoded mask is smaller than this.</param>
    public static void WriteMask(RegionMask region, CanvasPlacement fit, Stream png, long maxBytes)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(png);
        var mask = new CanvasMask(region, fit);
        var encoded = mask.EncodePng();
        for (var block = 2; encoded.Length >= maxBytes; block *= 2)
        {
            mask.Coarsen(block);
            encoded = mask.EncodePng();
        }

        png.Write(encoded);
    }

    /// <summary>Cropped and scaled as it streams past, in the image as stored; what is turned is only the small result.</summary>
    private static VipsImage LoadScaledPart(EncodedImage original, CanvasPlacement fit, ImageLimits? limits)
    {
        using var stored = new ImageLoader(original, limits).Open(PixelAccess.Sequential);
        var orientation = ImageHeader.GetOrientation(stored);
        var size = new Dimensions(stored.Width, stored.Height);
        var area = fit.Area.ToStoredOrientation(orientation, size);
        if (!area.IsInside(size))
        {
            throw new ArgumentOutOfRangeException(nameof(fit), fit.Area, "The part lies outside the picture.");
        }

        var scaled = orientation < 5 ? fit.Scaled : new Dimensions(fit.Scaled.Height, fit.Scaled.Width);
        using var part = stored.Crop(area.Left, area.Top, area.Size);
        using var plain = part.ToSrgb8();
        using var small = plain.Resize(scaled);
        try
        {
            using var pixels = small.CopyToMemory();
            return pixels.AutoRotate();
        }
        catch (VipsException exception)
        {
            throw ImageLoader.DamagedImage(exception);
        }
    }

    private static Colour ChooseBackground(VipsImage part)
    {
        if (!part.HasAlpha)
        {
            return Colour.White;
        }

        var (light, weight) = (0.0, 1.0);
        var pixels = part.ToByteArray();
        for (var i = 0; i < pixels.Length; i += 4)
        {
            light += (pixels[i] + pixels[i + 1] + pixels[i + 2]) / 3.0 * pixels[i + 3];
            weight += pixels[i + 3];
        }

        return light / weight > NearWhiteThreshold ? MiddleGrey : Colour.White;
    }
}
