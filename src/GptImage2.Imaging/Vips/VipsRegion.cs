using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Vips;

/// <summary>Reads an image in pieces. An image that streams is read from top to bottom; several regions may share one stream, strip by strip.</summary>
internal sealed unsafe class VipsRegion : VipsObject
{
    private readonly int _bytesPerPixel;
    private byte[] _values = [];

    internal VipsRegion(VipsImage image)
        : base(CreateNative(image)) => _bytesPerPixel = image.Bands * (image.Format is VipsBandFormat.UChar ? 1 : 2);

    /// <summary>Every value of an area, row by row, bands interleaved; for images of 8 or 16 bits. Valid until the next reading.</summary>
    internal ReadOnlySpan<byte> Read(PixelArea area)
    {
        var memory = VipsNative.vips_region_fetch(this, area.Left, area.Top, area.Size.Width, area.Size.Height, out var size);
        if (memory == 0)
        {
            throw VipsException.FromErrorBuffer("pixels");
        }

        try
        {
            return CopyToBuffer(new ReadOnlySpan<byte>((void*)memory, checked((int)size)), checked((int)area.Size.PixelCount * _bytesPerPixel));
        }
        finally
        {
            GlibNative.g_free(memory);
        }
    }

    private ReadOnlySpan<byte> CopyToBuffer(ReadOnlySpan<byte> values, int expected)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, expected, nameof(values));
        if (_values.Length < expected)
        {
            _values = new byte[expected];
        }

        values.CopyTo(_values);
        return _values.AsSpan(0, expected);
    }

    private static nint CreateNative(VipsImage image)
    {
        var reference = VipsNative.vips_region_new(image);
        return reference == 0 ? throw VipsException.FromErrorBuffer("region") : reference;
    }
}
