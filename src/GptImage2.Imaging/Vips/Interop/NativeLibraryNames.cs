namespace GptImage2.Imaging.Vips.Interop;

/// <summary>The names under which P/Invoke asks for libraries; <see cref="VipsLibrary"/> answers with real ones.</summary>
internal static class NativeLibraryNames
{
    internal const string Vips = "vips";
    internal const string GObject = "gobject";
    internal const string Glib = "glib";
}
