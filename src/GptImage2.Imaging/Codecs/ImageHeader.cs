using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Codecs;

/// <summary>Reads what an image is without decoding it.</summary>
public static class ImageHeader
{
    /// <summary>The header's facts; pixels may be missing or damaged.</summary>
    /// <exception cref="UnreadableImageException">No image, a broken header, or beyond the limits.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static ImageInfo Read(EncodedImage image, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        var loader = new ImageLoader(image, limits);
        using var stored = loader.Open(PixelAccess.Sequential, strict: false);
        return ToImageInfo(loader.Format, stored);
    }

    internal static ImageInfo ToImageInfo(ImageFormat format, VipsImage stored)
    {
        var orientation = GetOrientation(stored);
        return new ImageInfo
        {
            Format = format,
            Size = orientation >= 5 ? new Dimensions(stored.Height, stored.Width) : new Dimensions(stored.Width, stored.Height),
            Orientation = orientation,
            HasAlpha = stored.HasAlpha,
            Frames = stored.GetInt("n-pages") ?? 1,
            BitsPerChannel = GetBitsPerChannel(stored.Format),
            ColourSpace = ToColourSpace(stored.Interpretation),
            HasProfile = stored.HasField("icc-profile-data"),
            HasPalette = format is ImageFormat.Gif || stored.GetInt("palette") is 1 || stored.HasField("palette-bit-depth"),
        };
    }

    internal static int GetOrientation(VipsImage image) => image.GetInt("orientation") is >= 1 and <= 8 and var known ? known : 1;

    private static int GetBitsPerChannel(VipsBandFormat format) => format switch
    {
        VipsBandFormat.UChar or VipsBandFormat.Char => 8,
        VipsBandFormat.UShort or VipsBandFormat.Short => 16,
        VipsBandFormat.UInt or VipsBandFormat.Int or VipsBandFormat.Float => 32,
        _ => 64,
    };

    private static ColourSpace ToColourSpace(VipsInterpretation interpretation) => interpretation switch
    {
        VipsInterpretation.BlackAndWhite or VipsInterpretation.Grey16 => ColourSpace.Grey,
        VipsInterpretation.Srgb or VipsInterpretation.Rgb or VipsInterpretation.Rgb16 or VipsInterpretation.ScRgb => ColourSpace.Rgb,
        VipsInterpretation.Cmyk => ColourSpace.Cmyk,
        _ => ColourSpace.Other,
    };
}
