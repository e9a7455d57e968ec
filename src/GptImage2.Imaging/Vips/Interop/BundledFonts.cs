namespace GptImage2.Imaging.Vips.Interop;

/// <summary>The fonts that lie beside the executable, so that text looks the same where the machine has none.</summary>
internal static class BundledFonts
{
    internal const string Family = "DejaVu Sans";

    /// <summary>The font configuration, or null where the folder is missing.</summary>
    internal static string? FontConfigPath => PathIfExists(OperatingSystem.IsWindows() ? "fonts.windows.conf" : "fonts.conf");

    internal static string? GetFontPath(bool bold) => PathIfExists(bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf");

    private static string? PathIfExists(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "fonts", name);
        return System.IO.File.Exists(path) ? path : null;
    }
}
