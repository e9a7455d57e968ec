using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>libvips in this process: found and started once, on first use, never before.</summary>
internal static unsafe class VipsLibrary
{
    /// <summary>Per operation. Sixteen take a hundred megabytes more than two for a 4K picture.</summary>
    private const int MaxThreads = 4;

    private static readonly Lazy<LoadedLibrary> LazyLibrary = new(Start);

    /// <summary>The file that was loaded, for example /opt/app/libvips.so.42, or a system library's name.</summary>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    internal static string Path => LazyLibrary.Value.Path;

    /// <summary>For example 8.18.7.</summary>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    internal static string Version
    {
        get
        {
            EnsureStarted();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{VipsNative.vips_version(0)}.{VipsNative.vips_version(1)}.{VipsNative.vips_version(2)}");
        }
    }

    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    internal static void EnsureStarted() => _ = LazyLibrary.Value;

    private static LoadedLibrary Start()
    {
        var library = LoadedLibrary.Load();
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => library.Resolve(name));
        ConfigureFonts();
        LibC.EnableLargeBlockRelease();
        GlibNative.g_log_set_default_handler(&DiscardLogMessage, 0);
        if (VipsNative.vips_init(NativeLibraryNames.Vips) != 0)
        {
            throw new ImagingUnavailableException($"libvips at {library.Path} did not start.", VipsException.FromErrorBuffer("vips_init"));
        }

        VipsNative.vips_block_untrusted_set(1);
        // Every picture is used once, and cached operations would keep files open and memory taken.
        VipsNative.vips_cache_set_max(0);
        // Each thread has buffers of its own, and what decodes a PNG is one thread at any number.
        VipsNative.vips_concurrency_set(Math.Min(VipsNative.vips_concurrency_get(), MaxThreads));
        return library;
    }

    /// <summary>
    /// Without any configuration fontconfig complains on stderr. .NET keeps its own copy of the environment,
    /// so only the native call reaches fontconfig; what the user has set stays.
    /// </summary>
    private static void ConfigureFonts()
    {
        if (BundledFonts.FontConfigPath is { } file)
        {
            _ = GlibNative.g_setenv("FONTCONFIG_FILE", file, overwrite: 0);
        }
    }

    /// <summary>Warnings such as "not enough data" would be printed, and a caller learns the same from the failure.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DiscardLogMessage(nint domain, int level, nint message, nint data)
    {
    }
}
