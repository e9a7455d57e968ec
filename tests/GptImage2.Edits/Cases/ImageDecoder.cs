using GptImage2.Imaging;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Edits.Cases;

/// <summary>Decodes whole files at once by libvips itself, past everything that is tested.</summary>
internal static class ImageDecoder
{
    /// <summary>The samples as stored: not turned, not converted.</summary>
    public static Raster DecodeStored(byte[] encoded, ImageFormat format)
    {
        using var image = Open(encoded, format);
        return Copy(image);
    }

    /// <summary>The samples as 8-bit sRGB by the embedded profile, else by their meaning; not turned.</summary>
    public static Raster DecodeSrgb(byte[] encoded, ImageFormat format, bool profile)
    {
        using var stored = Open(encoded, format);
        using var seen = profile
            ? new VipsOperation("icc_transform").With("in", stored).With("output-profile", "srgb").With("embedded", true).With("depth", 8).ToImage()
            : new VipsOperation("colourspace").With("in", stored).WithEnum("space", "srgb").ToImage();
        using var bytes = seen.Cast(VipsBandFormat.UChar);
        return Copy(bytes);
    }

    private static VipsImage Open(byte[] encoded, ImageFormat format)
    {
        using var source = VipsSource.FromMemory(encoded);
        return new VipsOperation($"{format.Name}load_source").With("source", source).WithEnum("access", "random").ToImage();
    }

    private static Raster Copy(VipsImage image) => new(
        new Dimensions(image.Width, image.Height),
        image.Bands,
        image.Format is VipsBandFormat.UShort ? 16 : 8,
        image.ToByteArray());
}
