using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>The libvips in use, for health checks. Reading a property loads it.</summary>
public static class LibvipsInfo
{
    /// <summary>For example 8.18.7.</summary>
    public static string Version
    {
        get
        {
            VipsLibrary.EnsureStarted();
            return $"{VipsNative.vips_version(0)}.{VipsNative.vips_version(1)}.{VipsNative.vips_version(2)}";
        }
    }

    /// <summary>What is read and written, by the operations that do it.</summary>
    private static readonly (string Words, string Operation)[] Codecs =
    [
        ("read PNG", "pngload_source"), ("write PNG", "pngsave_target"), ("read JPEG", "jpegload_source"), ("write JPEG", "jpegsave_target"), ("read WebP", "webpload_source"), ("write WebP", "webpsave_target"),
        ("read GIF", "gifload_source"), ("read TIFF", "tiffload_source"), ("read HEIF and AVIF", "heifload_source"),
    ];

    /// <summary>What this libvips was built without, as in "write WebP".</summary>
    /// <exception cref="ImagingUnavailableException">There is none.</exception>
    public static IReadOnlyList<string> FindMissingCodecs()
    {
        VipsLibrary.EnsureStarted();
        return [.. Codecs.Where(codec => VipsNative.vips_type_find("VipsOperation", codec.Operation) is 0).Select(codec => codec.Words)];
    }

    /// <summary>Path of the loaded file, or the bare name of a system library.</summary>
    public static string Path => VipsLibrary.Path;
}
