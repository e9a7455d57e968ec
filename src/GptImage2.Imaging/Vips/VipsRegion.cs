using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>Reads an image piece by piece. A streaming image is read from top to bottom; several regions may share one stream, row band by row band.</summary>
internal sealed unsafe class VipsRegion : VipsObject
{
    private readonly int _bytesPerPixel;
    private byte[] _values = [];

    internal VipsRegion(VipsImage image)
        : base(VipsException.ThrowIfNull(VipsNative.vips_region_new(image), "region")) => _bytesPerPixel = image.Bands * (image.Format is VipsBandFormat.UChar ? 1 : 2);

    /// <summary>All samples of an area, row by row, bands interleaved; for images of 8 or 16 bits. Valid until the next read.</summary>
    internal ReadOnlySpan<byte> Read(PixelArea area)
    {
        var memory = VipsNative.vips_region_fetch(this, area.Left, area.Top, area.Size.Width, area.Size.Height, out var size);
        VipsException.ThrowIfNull(memory, "pixels");
        try
        {
            var values = new ReadOnlySpan<byte>((void*)memory, checked((int)size));
            ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, checked((int)area.Size.PixelCount * _bytesPerPixel), nameof(area));
            if (_values.Length < values.Length)
            {
                _values = new byte[values.Length];
            }

            values.CopyTo(_values);
            return _values.AsSpan(0, values.Length);
        }
        finally
        {
            GlibNative.g_free(memory);
        }
    }
}
