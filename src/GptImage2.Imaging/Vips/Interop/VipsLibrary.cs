using System.Reflection;
using System.Runtime.CompilerServices;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>libvips in this process: loaded and initialised once, on first use.</summary>
internal static unsafe class VipsLibrary
{
    /// <summary>Per operation. Sixteen take a hundred megabytes more than two for a 4K image.</summary>
    private const int MaxThreads = 4;

    private static readonly Lazy<LoadedLibrary> LazyLibrary = new(Start);

    /// <summary>Path of the loaded file, for example /opt/app/libvips.so.42, or the bare name of a system library.</summary>
    internal static string Path => LazyLibrary.Value.Path;

    internal static void EnsureStarted() => _ = LazyLibrary.Value;

    private static LoadedLibrary Start()
    {
        var library = LoadedLibrary.Load();
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => library.Resolve(name));
        ConfigureFonts();
        GlibcAllocator.ReturnLargeBlocks();
        GlibNative.g_log_set_default_handler(&DiscardLogMessage, 0);
        if (VipsNative.vips_init(NativeLibraryNames.Vips) != 0)
        {
            throw new ImagingUnavailableException($"libvips at {library.Path} could not be initialised.", VipsException.FromErrorBuffer("vips_init"));
        }

        VipsNative.vips_block_untrusted_set(1);
        // Every image is used once; cached operations would only keep files open and memory in use.
        VipsNative.vips_cache_set_max(0);
        // Each thread has its own buffers, and a PNG is decoded by a single thread anyway.
        VipsNative.vips_concurrency_set(Math.Min(VipsNative.vips_concurrency_get(), MaxThreads));
        return library;
    }

    /// <summary>
    /// Without any configuration fontconfig complains on stderr. .NET keeps its own copy of the environment, so only the native call
    /// reaches fontconfig; a value set by the user stays.
    /// </summary>
    private static void ConfigureFonts()
    {
        if (BundledFonts.FontConfigPath is { } file)
        {
            _ = GlibNative.g_setenv("FONTCONFIG_FILE", file, overwrite: 0);
        }
    }

    /// <summary>GLib would print warnings such as "not enough data"; the caller learns the same from the exception.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DiscardLogMessage(nint domain, int level, nint message, nint data)
    {
    }
}

/// <summary>
/// Makes glibc return large blocks to the system at once. By default its threshold adapts: after the first image it keeps blocks of up to
/// 32 MB in heaps that fragment, and a process that edited three large photographs held 430 MB instead of 230.
/// </summary>
internal static partial class GlibcAllocator
{
    /// <summary>M_MMAP_THRESHOLD of malloc.h.</summary>
    private const int MmapThresholdParameter = -3;

    /// <summary>In bytes: larger than a row of tiles, far smaller than an image.</summary>
    private const int MmapThresholdBytes = 256 << 10;

    internal static void ReturnLargeBlocks()
    {
        // Other C libraries have no such setting and need none.
        if (OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "mallopt", out _))
        {
            _ = mallopt(MmapThresholdParameter, MmapThresholdBytes);
        }
    }

    [LibraryImport("libc.so.6")]
    private static partial int mallopt(int parameter, int value);
}
