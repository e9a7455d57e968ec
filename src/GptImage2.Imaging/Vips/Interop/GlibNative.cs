namespace GptImage2.Imaging.Vips.Interop;

/// <summary>The functions of GLib and GObject that we call, named after C. Prebuilt libvips exports them itself.</summary>
internal static unsafe partial class GlibNative
{
    [LibraryImport(NativeLibraryNames.Glib)]
    internal static partial void g_free(nint memory);

    [LibraryImport(NativeLibraryNames.Glib)]
    internal static partial void g_strfreev(nint strings);

    [LibraryImport(NativeLibraryNames.Glib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int g_setenv(string variable, string value, int overwrite);

    [LibraryImport(NativeLibraryNames.Glib)]
    internal static partial nint g_log_set_default_handler(delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> handler, nint data);

    [LibraryImport(NativeLibraryNames.GObject)]
    internal static partial void g_object_unref(nint instance);

    [LibraryImport(NativeLibraryNames.GObject)]
    internal static partial nint g_object_ref(VipsObject instance);

    [LibraryImport(NativeLibraryNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_set_data_full(VipsObject instance, string key, nint data, delegate* unmanaged[Cdecl]<nint, void> destroy);

    [LibraryImport(NativeLibraryNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_set_property(VipsObject instance, string name, ref GValue value);

    [LibraryImport(NativeLibraryNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_get_property(VipsObject instance, string name, ref GValue value);

    [LibraryImport(NativeLibraryNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint g_signal_connect_data(
        VipsObject instance, string signal,
        delegate* unmanaged[Cdecl]<nint, nint, long, nint, long> handler, nint data, nint destroy, int flags);

    /// <summary>The same function for the "seek" signal, whose handler takes a 32-bit integer.</summary>
    [LibraryImport(NativeLibraryNames.GObject, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint g_signal_connect_seek(
        VipsObject instance, string signal,
        delegate* unmanaged[Cdecl]<nint, long, int, nint, long> handler, nint data, nint destroy, int flags);

    [LibraryImport(NativeLibraryNames.GObject)]
    internal static partial nint g_value_init(ref GValue value, nint type);

    [LibraryImport(NativeLibraryNames.GObject)]
    internal static partial void g_value_unset(ref GValue value);

    [LibraryImport(NativeLibraryNames.GObject)]
    internal static partial void g_value_set_object(ref GValue value, VipsObject instance);

    [LibraryImport(NativeLibraryNames.GObject)]
    internal static partial nint g_value_dup_object(ref GValue value);

    [LibraryImport(NativeLibraryNames.GObject, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_value_set_string(ref GValue value, string text);
}

/// <summary>GLib's typed variant, the only access to libvips properties without varargs.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    /// <summary>GLib's G_TYPE_STRING.</summary>
    internal const nint StringType = 16 << 2;

    /// <summary>GLib's G_TYPE_OBJECT, for an object of any class: a property checks what it is given.</summary>
    internal const nint ObjectType = 20 << 2;

    private readonly nint _type;
    private readonly ulong _first;
    private readonly ulong _second;
}
