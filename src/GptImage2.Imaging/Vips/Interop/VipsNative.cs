namespace GptImage2.Imaging.Vips.Interop;

/// <summary>The functions of libvips that we call, named after C. All exist in 8.14 and later.</summary>
internal static unsafe partial class VipsNative
{
    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_init(string program);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial int vips_version(int part);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint vips_type_find(string ancestor, string name);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial void vips_block_untrusted_set(int blocked);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial void vips_cache_set_max(int operations);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial int vips_concurrency_get();

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial void vips_concurrency_set(int threads);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_error_buffer_copy();

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint vips_operation_new(string name);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_object_set_from_string(VipsObject instance, string arguments);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial int vips_object_build(VipsObject instance);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial void vips_object_unref_outputs(VipsObject instance);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_array_double_get_type();

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_array_image_get_type();

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial void vips_value_set_array_double(ref GValue value, double* numbers, int count);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial void vips_value_set_array_image(ref GValue value, int count);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint* vips_value_get_array_image(ref GValue value, nint count);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial int vips_image_get_width(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial int vips_image_get_height(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial int vips_image_get_bands(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial VipsBandFormat vips_image_get_format(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial VipsInterpretation vips_image_get_interpretation(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial double vips_image_get_xres(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial double vips_image_get_yres(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial int vips_image_hasalpha(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint vips_image_get_typeof(VipsObject image, string name);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_get_int(VipsObject image, string name, out int value);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_get_string(VipsObject image, string name, out nint text);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_image_get_fields(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_remove(VipsObject image, string name);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_get_blob(VipsObject image, string name, out nint bytes, out nuint size);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void vips_image_set_blob_copy(VipsObject image, string name, nint bytes, nuint size);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void vips_image_set_int(VipsObject image, string name, int value);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void vips_image_set_array_int(VipsObject image, string name, int* values, int count);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial void vips_image_set_kill(VipsObject image, int kill);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_region_new(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_region_fetch(VipsObject region, int left, int top, int width, int height, out nuint size);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_image_copy_memory(VipsObject image);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_image_write_to_memory(VipsObject image, out nuint size);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_image_new_from_memory(byte* pixels, nuint size, int width, int height, int bands, VipsBandFormat format);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_image_new_from_memory_copy(byte* pixels, nuint size, int width, int height, int bands, VipsBandFormat format);

    [LibraryImport(NativeLibraryNames.Vips, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint vips_source_new_from_file(string path);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_source_new_from_memory(byte* bytes, nuint size);

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_source_custom_new();

    [LibraryImport(NativeLibraryNames.Vips)]
    internal static partial nint vips_target_custom_new();
}
