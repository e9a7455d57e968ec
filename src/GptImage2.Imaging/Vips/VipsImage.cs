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

    /// <summary>Takes an array over, which libvips reads where it is: nobody may change it afterwards.</summary>
    internal static VipsImage FromOwnedRgba(byte[] rgba, Dimensions size)
    {
        VipsLibrary.EnsureStarted();
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)rgba.Length, size.PixelCount * 4, nameof(rgba));
        var pinned = new PinnedPixels(rgba);
        try
        {
            using var raw = FromReference(VipsNative.vips_image_new_from_memory((byte*)pinned.Address, (nuint)rgba.Length, size.Width, size.Height, bands: 4, VipsBandFormat.UChar));
            raw.Attach(pinned);
            return raw.WithInterpretation("srgb");
        }
        catch (VipsException)
        {
            pinned.Dispose();
            throw;
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

    /// <summary>Only for an image that nothing else refers to.</summary>
    internal void SetInt(string field, int value) => VipsNative.vips_image_set_int(this, field, value);

    /// <inheritdoc cref="SetInt"/>
    internal void SetInts(string field, ReadOnlySpan<int> values)
    {
        fixed (int* first = values)
        {
            VipsNative.vips_image_set_array_int(this, field, first, values.Length);
        }
    }

    /// <summary>Lets whatever computes pixels of this image fail soon; from any thread.</summary>
    internal void Kill() => VipsNative.vips_image_set_kill(this, 1);

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

    /// <summary>An array that stays where it is until the last native reference to it is gone.</summary>
    private sealed class PinnedPixels(byte[] pixels) : IDisposable
    {
        private GCHandle _handle = GCHandle.Alloc(pixels, GCHandleType.Pinned);

        internal nint Address => _handle.AddrOfPinnedObject();

        public void Dispose()
        {
            if (_handle.IsAllocated)
            {
                _handle.Free();
            }
        }
    }

    private static VipsImage FromReference(nint reference) => new(VipsException.ThrowIfNull(reference, "pixels"));
}
