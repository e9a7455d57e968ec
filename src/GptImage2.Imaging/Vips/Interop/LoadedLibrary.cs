using IOPath = System.IO.Path;

namespace GptImage2.Imaging.Vips.Interop;

/// <summary>A loaded libvips and its path.</summary>
internal sealed record LoadedLibrary(string Path, nint Handle)
{
    private const string NotFoundMessage =
        "libvips was not found next to the executable: build or publish again for this platform, or install libvips " +
        "(Debian/Ubuntu: apt install libvips42; Fedora: dnf install vips; Alpine: apk add vips; macOS: brew install vips; Windows: put libvips-42.dll on the PATH).";

    private static string Name => OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";

    /// <summary>Tries the bundled library first: it is newer, faster to load and the one that is tested.</summary>
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

    /// <summary>Prebuilt libraries contain GLib; a system's libvips links it as separate libraries.</summary>
    internal nint Resolve(string name) => name switch
    {
        NativeLibraryNames.Vips => Handle,
        NativeLibraryNames.GObject => HandleExporting("g_object_unref", "libgobject-2.0-0.dll"),
        NativeLibraryNames.Glib => HandleExporting("g_free", "libglib-2.0-0.dll"),
        _ => 0,
    };

    /// <summary>Symbol lookup through a handle also searches its dependencies, except on Windows.</summary>
    private nint HandleExporting(string symbol, string windowsName) =>
        NativeLibrary.TryGetExport(Handle, symbol, out _) ? Handle : NativeLibrary.Load(windowsName);

    /// <summary>Full paths, so that the loaded file can be reported: where .NET looks for native assets of packages, and next to the executable.</summary>
    private static IEnumerable<string> BundledPaths() => (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
        .Split(IOPath.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Append(AppContext.BaseDirectory)
        .Select(folder => IOPath.Combine(folder, Name))
        .Where(File.Exists);

    private static string[] SystemPaths() => OperatingSystem.IsMacOS() ? [Name, $"/opt/homebrew/lib/{Name}", $"/usr/local/lib/{Name}"] : [Name];
}

/// <summary>The library names in P/Invoke declarations, resolved by <see cref="LoadedLibrary"/>.</summary>
internal static class NativeLibraryNames
{
    internal const string Vips = "vips";
    internal const string GObject = "gobject";
    internal const string Glib = "glib";
}
