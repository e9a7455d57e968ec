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

    /// <summary>Path of the loaded file, or the bare name of a system library.</summary>
    public static string Path => VipsLibrary.Path;
}
