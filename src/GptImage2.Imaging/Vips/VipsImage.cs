using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>A lazy libvips image: the header is known, pixels are computed on demand.</summary>
internal sealed unsafe class VipsImage(nint reference) : VipsObject(reference)
{
    internal int Width => VipsNative.vips_image_get_width(this);

    internal int Height => VipsNative.vips_image_get_height(this);

    internal int Bands => VipsNative.vips_image_get_bands(this);

    internal VipsBandFormat Format => VipsNative.vips_image_get_format(this);

    internal VipsInterpretation Interpretation => VipsNative.vips_image_get_interpretation(this);

    internal bool HasAlpha => VipsNative.vips_image_hasalpha(this) != 0;

    /// <summary>Pixels a millimetre.</summary>
    internal double HorizontalResolution => VipsNative.vips_image_get_xres(this);

    /// <summary>Pixels a millimetre.</summary>
    internal double VerticalResolution => VipsNative.vips_image_get_yres(this);

    internal static VipsImage FromPixels(ReadOnlySpan<byte> pixels, int width, int height, int bands)
    {
        VipsLibrary.EnsureStarted();
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)pixels.Length, (long)width * height * bands, nameof(pixels));
        fixed (byte* first = pixels)
        {
            return FromReference(VipsNative.vips_image_new_from_memory_copy(first, (nuint)pixels.Length, width, height, bands, VipsBandFormat.UChar));
        }
    }

    internal static VipsImage FromRgba(ReadOnlySpan<byte> rgba, Dimensions size) =>
        FromPixels(rgba, size.Width, size.Height, bands: 4).Pipe(raw => raw.WithInterpretation("srgb"));

    internal static VipsImage FromColour(Colour colour, Dimensions size) =>
        FromRgba([colour.Red, colour.Green, colour.Blue, colour.Alpha], new Dimensions(1, 1)).Pipe(pixel => pixel.Embed(0, 0, size, "copy"));

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

    /// <summary>Only for an image that nothing else refers to: libvips shares headers between images.</summary>
    internal void RemoveField(string field) => _ = VipsNative.vips_image_remove(this, field);

    /// <summary>Copies binary metadata, such as an ICC profile. Only for an image that nothing else refers to.</summary>
    internal void CopyBlobFrom(string field, VipsImage from)
    {
        if (VipsNative.vips_image_get_blob(from, field, out var bytes, out var size) != 0)
        {
            throw VipsException.FromErrorBuffer(field);
        }

        VipsNative.vips_image_set_blob_copy(this, field, bytes, size);
    }

    /// <summary>Binary metadata; null where there is none.</summary>
    internal byte[]? GetBlob(string field) => HasField(field) && VipsNative.vips_image_get_blob(this, field, out var bytes, out var size) == 0
        ? new ReadOnlySpan<byte>((void*)bytes, checked((int)size)).ToArray()
        : null;

    /// <summary>Only for an image that nothing else refers to.</summary>
    internal void SetBlob(string field, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            VipsNative.vips_image_set_blob_copy(this, field, (nint)first, (nuint)bytes.Length);
        }
    }

    /// <summary>A text of the metadata; null where there is none.</summary>
    internal string? GetString(string field) =>
        HasField(field) && VipsNative.vips_image_get_string(this, field, out var text) == 0 ? Marshal.PtrToStringUTF8(text) : null;

    /// <summary>Computes every pixel now, into memory; the result no longer needs its source.</summary>
    internal VipsImage CopyToMemory() => FromReference(VipsNative.vips_image_copy_memory(this));

    /// <summary>All samples, row by row, bands interleaved.</summary>
    internal byte[] ToByteArray()
    {
        var memory = VipsNative.vips_image_write_to_memory(this, out var size);
        VipsException.ThrowIfNull(memory, "pixels");
        try
        {
            return new ReadOnlySpan<byte>((void*)memory, checked((int)size)).ToArray();
        }
        finally
        {
            GlibNative.g_free(memory);
        }
    }

    private static VipsImage FromReference(nint reference) => new(VipsException.ThrowIfNull(reference, "pixels"));
}
