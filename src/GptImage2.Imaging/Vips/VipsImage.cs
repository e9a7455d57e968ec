using System.Runtime.InteropServices;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>An image of libvips: a header now, pixels when somebody asks.</summary>
internal sealed unsafe class VipsImage(nint reference) : VipsObject(reference)
{
    internal int Width => VipsNative.vips_image_get_width(this);

    internal int Height => VipsNative.vips_image_get_height(this);

    internal int Bands => VipsNative.vips_image_get_bands(this);

    internal VipsBandFormat Format => VipsNative.vips_image_get_format(this);

    internal VipsInterpretation Interpretation => VipsNative.vips_image_get_interpretation(this);

    internal bool HasAlpha => VipsNative.vips_image_hasalpha(this) != 0;

    internal static VipsImage FromPixels(ReadOnlySpan<byte> pixels, int width, int height, int bands)
    {
        VipsLibrary.EnsureStarted();
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)pixels.Length, (long)width * height * bands, nameof(pixels));
        fixed (byte* first = pixels)
        {
            return FromReference(VipsNative.vips_image_new_from_memory_copy(first, (nuint)pixels.Length, width, height, bands, VipsBandFormat.UChar), "pixels");
        }
    }

    internal bool HasField(string field) => VipsNative.vips_image_get_typeof(this, field) != 0;

    internal int? GetInt(string field) => HasField(field) && VipsNative.vips_image_get_int(this, field, out var value) == 0 ? value : null;

    internal IReadOnlyList<string> GetFieldNames()
    {
        var strings = VipsNative.vips_image_get_fields(this);
        try
        {
            var fields = new List<string>();
            for (var next = (nint*)strings; *next != 0; next++)
            {
                fields.Add(Marshal.PtrToStringUTF8(*next)!);
            }

            return fields;
        }
        finally
        {
            GlibNative.g_strfreev(strings);
        }
    }

    /// <summary>Forgets a fact. Only for an image that nothing else refers to: libvips shares headers freely.</summary>
    internal void RemoveField(string field) => _ = VipsNative.vips_image_remove(this, field);

    /// <summary>Takes over another image's binary fact, such as a profile. Only for an image that nothing else refers to.</summary>
    internal void CopyBlobFrom(string field, VipsImage from)
    {
        if (VipsNative.vips_image_get_blob(from, field, out var bytes, out var size) != 0)
        {
            throw VipsException.FromErrorBuffer(field);
        }

        VipsNative.vips_image_set_blob_copy(this, field, bytes, size);
    }

    /// <summary>Computes every pixel now, into memory; the result no longer needs what it was made from.</summary>
    internal VipsImage CopyToMemory() => FromReference(VipsNative.vips_image_copy_memory(this), "pixels");

    /// <summary>Every value, row by row, bands interleaved.</summary>
    internal byte[] ToByteArray()
    {
        var memory = VipsNative.vips_image_write_to_memory(this, out var size);
        if (memory == 0)
        {
            throw VipsException.FromErrorBuffer("pixels");
        }

        try
        {
            return new ReadOnlySpan<byte>((void*)memory, checked((int)size)).ToArray();
        }
        finally
        {
            GlibNative.g_free(memory);
        }
    }

    private static VipsImage FromReference(nint reference, string attempted) =>
        reference == 0 ? throw VipsException.FromErrorBuffer(attempted) : new VipsImage(reference);
}
