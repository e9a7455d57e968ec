namespace GptImage2.Imaging.Vips.Interop;

/// <summary>The fonts that ship beside libvips, so that text looks the same where the machine has none.</summary>
internal static class BundledFonts
{
    internal const string Family = "DejaVu Sans";

    /// <summary>The font configuration, or null when the build could not fetch fonts.</summary>
    internal static string? FontConfigPath => PathIfExists(OperatingSystem.IsWindows() ? "fonts.windows.conf" : "fonts.conf");

    internal static string? GetFontPath(bool bold) => PathIfExists(bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf");

    private static string? PathIfExists(string name)
    {
        var path = Path.Combine(LoadedLibrary.BundledFolder, name);
        return System.IO.File.Exists(path) ? path : null;
    }
}
