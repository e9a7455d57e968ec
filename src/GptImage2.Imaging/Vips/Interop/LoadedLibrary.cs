using System.Runtime.InteropServices;
using IOPath = System.IO.Path;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>A loaded libvips and where it came from.</summary>
internal sealed record LoadedLibrary(string Path, nint Handle)
{
    private const string NotFoundMessage =
        "libvips was not found beside the executable: build or publish again for this platform, or install libvips " +
        "(Debian/Ubuntu: apt install libvips42; Fedora: dnf install vips; Alpine: apk add vips; macOS: brew install vips; Windows: put libvips-42.dll on the PATH).";

    private static string Name => OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";

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

    /// <summary>By full path, so that it can be said which file was taken: where .NET itself looks for natives of packages, and beside the executable.</summary>
    private static IEnumerable<string> BundledPaths() => (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
        .Split(IOPath.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Append(AppContext.BaseDirectory)
        .Select(folder => IOPath.Combine(folder, Name))
        .Where(File.Exists);

    private static string[] SystemPaths() => OperatingSystem.IsMacOS() ? [Name, $"/opt/homebrew/lib/{Name}", $"/usr/local/lib/{Name}"] : [Name];
}
