using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Masks;

/// <summary>Persists a region as a PNG and reads it back exactly.</summary>
public static class RegionMaskFile
{
    private const byte White = 255;

    /// <summary>A grey PNG of the region's bounds: white where pixels change, black elsewhere, grey where they change in part.</summary>
    /// <exception cref="InvalidOperationException">The region is empty.</exception>
    public static void Write(RegionMask region, Stream png)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(png);
        var levels = region.GetFeatherWeights(region.Bounds, 0);
        using var grey = VipsImage.FromPixels(levels, region.Bounds.Size.Width, region.Bounds.Size.Height, bands: 1);
        using var image = new Image(grey.WithInterpretation("b-w"));
        image.Save(png, new SaveOptions { Format = ImageFormat.Png });
    }

    /// <param name="png">What <see cref="Write"/> wrote.</param>
    /// <param name="image">Size of the upright image that the region belongs to.</param>
    /// <param name="bounds">The bounds of the region.</param>
    /// <exception cref="UnreadableImageException">It is damaged, or its size differs from the bounds.</exception>
    public static RegionMask Read(EncodedImage png, Dimensions image, PixelArea bounds)
    {
        ArgumentNullException.ThrowIfNull(png);
        using var grey = new ImageLoader(png).Open(PixelAccess.Sequential);
        if (new Dimensions(grey.Width, grey.Height) != bounds.Size || grey.Bands is not 1 || grey.Format is not VipsBandFormat.UChar || !bounds.IsInside(image))
        {
            throw new UnreadableImageException(ImageReadError.Damaged, $"expected a region of {bounds.Size} grey pixels but received an image of {grey.Width}x{grey.Height}");
        }

        var levels = ImageLoader.WithDecodeErrors(grey.ToByteArray);
        if (levels.AsSpan().ContainsAnyExcept((byte)0, White))
        {
            return RegionMask.FromWeights(image, bounds, levels);
        }

        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] /= White;
        }

        return RegionMask.FromPixels(image, bounds, levels);
    }
}
