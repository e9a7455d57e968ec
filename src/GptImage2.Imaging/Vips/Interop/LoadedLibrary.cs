using System.Runtime.InteropServices;
using IOPath = System.IO.Path;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>A loaded libvips and where it came from.</summary>
internal sealed record LoadedLibrary(string Path, nint Handle)
{
    private const string NotFoundMessage =
        "libvips was not found: install npm and build again, or install libvips " +
        "(Debian/Ubuntu: apt install libvips42; Fedora: dnf install vips; Alpine: apk add vips; macOS: brew install vips; Windows: put libvips-42.dll on the PATH).";

    /// <summary>The folder beside the executable that the build fills.</summary>
    internal static string BundledFolder => IOPath.Combine(AppContext.BaseDirectory, "native");

    /// <summary>The bundled library first: it is newer, faster to load and the one the tests ran with.</summary>
    /// <exception cref="ImagingUnavailableException">Neither a bundled nor a system library can be loaded.</exception>
    internal static LoadedLibrary Load()
    {
        foreach (var candidate in BundledPaths().Concat(SystemPaths()))
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return new LoadedLibrary(candidate, handle);
            }
        }

        throw new ImagingUnavailableException(NotFoundMessage);
    }

    /// <summary>Prebuilt libraries contain GLib; a system's libvips brings it as libraries of their own.</summary>
    internal nint Resolve(string name) => name switch
    {
        NativeLibraryNames.Vips => Handle,
        NativeLibraryNames.GObject => HandleExporting("g_object_unref", "libgobject-2.0-0.dll"),
        NativeLibraryNames.Glib => HandleExporting("g_free", "libglib-2.0-0.dll"),
        _ => 0,
    };

    /// <summary>Looking a symbol up through a handle searches its dependencies too, except on Windows.</summary>
    private nint HandleExporting(string symbol, string windowsName) =>
        NativeLibrary.TryGetExport(Handle, symbol, out _) ? Handle : NativeLibrary.Load(windowsName);

    private static IEnumerable<string> BundledPaths() => Directory.Exists(BundledFolder)
        ? Directory.EnumerateFiles(BundledFolder, "libvips*").Where(IsLibrary).OrderDescending(StringComparer.Ordinal)
        : [];

    private static bool IsLibrary(string path)
    {
        var name = IOPath.GetFileName(path);
        return OperatingSystem.IsWindows() ? name == "libvips-42.dll"
            : OperatingSystem.IsMacOS() ? name.EndsWith(".dylib", StringComparison.Ordinal)
            : name.Contains(".so", StringComparison.Ordinal);
    }

    private static string[] SystemPaths() => OperatingSystem.IsWindows() ? ["libvips-42.dll"]
        : OperatingSystem.IsMacOS() ? ["libvips.42.dylib", "/opt/homebrew/lib/libvips.42.dylib", "/usr/local/lib/libvips.42.dylib"]
        : ["libvips.so.42"];
}
