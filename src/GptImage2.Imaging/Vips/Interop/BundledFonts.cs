namespace GptImage2.Imaging.Vips.Interop;

/// <summary>The fonts next to the executable, so that text looks the same on machines without any.</summary>
internal static class BundledFonts
{
    internal const string Family = "DejaVu Sans";

    /// <summary>The fontconfig file, or null when the folder is missing.</summary>
    internal static string? FontConfigPath => PathIfExists(OperatingSystem.IsWindows() ? "fonts.windows.conf" : "fonts.conf");

    internal static string? GetFontPath(bool bold) => PathIfExists(bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf");

    private static string? PathIfExists(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "fonts", name);
        return System.IO.File.Exists(path) ? path : null;
    }
}
