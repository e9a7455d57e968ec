using System.Runtime.InteropServices;

namespace GptImage2.Imaging.Compositing;

/// <summary>Pixels that were read, 8 or 16 bits a channel, with the rectangle of the picture that they are.</summary>
internal readonly ref struct PixelBlock(ReadOnlySpan<byte> values, PixelArea area, int bands, bool deep)
{
    private readonly ReadOnlySpan<byte> _values = values;

    internal PixelArea Area => area;

    internal int BytesPerPixel => bands * (deep ? 2 : 1);

    internal ReadOnlySpan<byte> GetRow(int y)
    {
        var length = area.Size.Width * BytesPerPixel;
        return _values.Slice((y - area.Top) * length, length);
    }

    /// <summary>One channel of one pixel, from 0 to 255 at any depth.</summary>
    internal double GetValue(int x, int y, int channel)
    {
        var index = ((((y - area.Top) * area.Size.Width) + x - area.Left) * bands) + channel;
        return deep ? MemoryMarshal.Cast<byte, ushort>(_values)[index] / 257.0 : _values[index];
    }

    internal bool Equals(PixelBlock other) => _values.SequenceEqual(other._values);
}
