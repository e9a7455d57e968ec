using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>The libvips in use, for a health check. Asking loads it.</summary>
public static class LibvipsInfo
{
    /// <summary>For example 8.18.7.</summary>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    public static string Version => VipsLibrary.Version;

    /// <summary>The loaded file, or a system library's bare name.</summary>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    public static string Path => VipsLibrary.Path;
}
