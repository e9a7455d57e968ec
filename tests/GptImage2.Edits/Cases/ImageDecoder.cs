using System.Runtime.CompilerServices;
using GptImage2.Imaging;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace GptImage2.Edits.Cases;

/// <summary>Decodes whole files, by libvips itself past everything that is tested, or by ImageSharp, which shares nothing with libvips.</summary>
internal static class ImageDecoder
{
    /// <summary>The samples as stored: not turned, not converted.</summary>
    public static Raster DecodeStored(byte[] encoded, ImageFormat format)
    {
        using var image = Open(encoded, format);
        return Copy(image);
    }

    /// <summary>The samples as 8-bit sRGB by the embedded profile, else by their meaning, inks with a press's black as black; not turned.</summary>
    public static Raster DecodeSrgb(byte[] encoded, ImageFormat format, bool profile)
    {
        using var stored = Open(encoded, format);
        var isInks = stored.Interpretation is VipsInterpretation.Cmyk;
        using var seen = profile || isInks
            ? new VipsOperation("icc_transform").With("in", stored).With("output-profile", "srgb").With("embedded", true).With("depth", 8)
                .With("input-profile", isInks ? "cmyk" : "srgb").With("black-point-compensation", isInks).ToImage()
            : new VipsOperation("colourspace").With("in", stored).WithEnum("space", "srgb").ToImage();
        using var bytes = seen.Cast(VipsBandFormat.UChar);
        return Copy(bytes);
    }

    /// <summary>The samples as ImageSharp decodes them, in given channels and depth.</summary>
    public static byte[] DecodeIndependently(byte[] encoded, int bands, int depth) => (bands, depth) switch
    {
        (1, 8) => Decode<L8>(encoded),
        (2, 8) => Decode<La16>(encoded),
        (3, 8) => Decode<Rgb24>(encoded),
        (4, 8) => Decode<Rgba32>(encoded),
        (1, 16) => Decode<L16>(encoded),
        (2, 16) => Decode<La32>(encoded),
        (3, 16) => Decode<Rgb48>(encoded),
        _ => Decode<Rgba64>(encoded),
    };

    private static byte[] Decode<TPixel>(byte[] encoded)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var image = Image.Load<TPixel>(encoded);
        var samples = new byte[image.Width * image.Height * Unsafe.SizeOf<TPixel>()];
        image.CopyPixelDataTo(samples);
        return samples;
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
