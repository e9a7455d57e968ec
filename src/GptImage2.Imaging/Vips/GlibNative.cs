using System.Runtime.InteropServices;

namespace GptImage2.Imaging.Vips;

/// <summary>The functions of GLib and GObject that we call, named after C. Prebuilt libvips exports them itself.</summary>
internal static unsafe partial class GlibNative
{
    [LibraryImport(NativeNames.Glib)]
    internal static partial void g_free(nint memory);

    [LibraryImport(NativeNames.Glib)]
    internal static partial void g_strfreev(nint strings);

    [LibraryImport(NativeNames.Glib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int g_setenv(string variable, string value, int overwrite);

    [LibraryImport(NativeNames.Glib)]
    internal static partial nint g_log_set_default_handler(delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> handler, nint data);

    [LibraryImport(NativeNames.GObject)]
    internal static partial void g_object_unref(nint instance);

    [LibraryImport(NativeNames.GObject)]
    internal static partial nint g_object_ref(nint instance);

    [LibraryImport(NativeNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_set_data_full(VipsObject instance, string key, nint data, delegate* unmanaged[Cdecl]<nint, void> destroy);

    [LibraryImport(NativeNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_set_property(VipsObject instance, string name, ref GValue value);

    [LibraryImport(NativeNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_get_property(VipsObject instance, string name, ref GValue value);

    [LibraryImport(NativeNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint g_signal_connect_data(
        VipsObject instance, string signal,
        delegate* unmanaged[Cdecl]<nint, nint, long, nint, long> handler, nint data,
        delegate* unmanaged[Cdecl]<nint, nint, void> destroy, int flags);

    /// <summary>The same function for the one signal whose handler takes a number of 32 bits.</summary>
    [LibraryImport(NativeNames.GObject, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint g_signal_connect_seek(
        VipsObject instance, string signal,
        delegate* unmanaged[Cdecl]<nint, long, int, nint, long> handler, nint data,
        delegate* unmanaged[Cdecl]<nint, nint, void> destroy, int flags);

    [LibraryImport(NativeNames.GObject)]
    internal static partial nint g_value_init(ref GValue value, nint type);

    [LibraryImport(NativeNames.GObject)]
    internal static partial void g_value_unset(ref GValue value);

    [LibraryImport(NativeNames.GObject)]
    internal static partial void g_value_set_object(ref GValue value, VipsObject instance);

    [LibraryImport(NativeNames.GObject)]
    internal static partial nint g_value_dup_object(ref GValue value);

    [LibraryImport(NativeNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_value_set_string(ref GValue value, string text);
}
