using GptImage2.Imaging.Metadata;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Codecs;

/// <summary>Reads the facts of an image's header without decoding pixels.</summary>
public static class ImageHeader
{
    /// <summary>Pixels are not read: they may be missing or damaged.</summary>
    public static ImageInfo Read(EncodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var loader = new ImageLoader(image);
        using var stored = loader.Open(PixelAccess.Sequential, strict: false);
        return ToImageInfo(loader.Format, stored);
    }

    /// <summary>Whose the image is, and its resolution: what an edit of it keeps.</summary>
    public static Provenance ReadProvenance(EncodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var loader = new ImageLoader(image);
        using var stored = loader.Open(PixelAccess.Sequential, strict: false);
        return Provenance.Read(stored, GetOrientation(stored), loader.Format, image.OpenRead);
    }

    internal static ImageInfo ToImageInfo(ImageFormat format, VipsImage stored)
    {
        var orientation = GetOrientation(stored);
        return new ImageInfo
        {
            // The brand of some AVIF files is that of HEIF files in general.
            Format = format is ImageFormat.Heif && stored.GetString("heif-compression") is "av1" ? ImageFormat.Avif : format,
            Size = orientation >= 5 ? new Dimensions(stored.Height, stored.Width) : new Dimensions(stored.Width, stored.Height),
            Orientation = orientation,
            HasAlpha = stored.HasAlpha,
            Frames = stored.GetInt("n-pages") ?? 1,
            BitsPerChannel = GetBitsPerChannel(stored.Format),
            ColourSpace = ToColourSpace(stored.Interpretation),
            HasProfile = stored.HasProfile,
            HasOtherProfile = stored.GetBlob(VipsColourExtensions.IccProfileField) is { } profile && !IsSrgb(profile),
            HasPalette = format is ImageFormat.Gif || stored.GetInt("palette") is 1 || stored.HasField("palette-bit-depth"),
        };
    }

    internal static int GetOrientation(VipsImage image) => image.GetInt("orientation") is >= 1 and <= 8 and var known ? known : 1;

    /// <summary>By its description (ICC.1, profileDescriptionTag), in ASCII or UTF-16.</summary>
    private static bool IsSrgb(ReadOnlySpan<byte> profile) => profile.IndexOf("sRGB"u8) >= 0 || profile.IndexOf("\0s\0R\0G\0B"u8) >= 0;

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

/// <summary>What an image's header says.</summary>
public sealed record ImageInfo
{
    public required ImageFormat Format { get; init; }

    /// <summary>As a viewer shows it: with <see cref="Orientation"/> applied.</summary>
    public required Dimensions Size { get; init; }

    /// <summary>EXIF orientation, 1 (upright) to 8.</summary>
    public required int Orientation { get; init; }

    /// <summary>Whether there is an alpha channel, not whether any pixel uses it.</summary>
    public required bool HasAlpha { get; init; }

    /// <summary>Frames of an animation, or pages; 1 for a still image.</summary>
    public required int Frames { get; init; }

    /// <summary>8 or 16, or 32 for floating point, as decoded.</summary>
    public required int BitsPerChannel { get; init; }

    public required ColourSpace ColourSpace { get; init; }

    public required bool HasProfile { get; init; }

    /// <summary>Whether it has a profile that does not call itself sRGB.</summary>
    public bool HasOtherProfile { get; init; }

    /// <summary>Whether the file stores indices into a palette.</summary>
    public bool HasPalette { get; init; }
}
