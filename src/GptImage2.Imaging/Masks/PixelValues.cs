using System.Runtime.InteropServices;

namespace GptImage2.Imaging.Masks;

/// <summary>Pixels that were read, 8 or 16 bits a channel, with the rectangle of the picture that they are.</summary>
internal readonly ref struct PixelValues(ReadOnlySpan<byte> values, PixelArea area, int bands, bool deep)
{
    private readonly ReadOnlySpan<byte> _values = values;

    internal PixelArea Area => area;

    internal int PixelBytes => bands * (deep ? 2 : 1);

    internal ReadOnlySpan<byte> Row(int y)
    {
        var length = area.Size.Width * PixelBytes;
        return _values.Slice((y - area.Top) * length, length);
    }

    /// <summary>One channel of one pixel, from 0 to 255 at any depth.</summary>
    internal double At(int x, int y, int channel)
    {
        var index = ((((y - area.Top) * area.Size.Width) + x - area.Left) * bands) + channel;
        return deep ? MemoryMarshal.Cast<byte, ushort>(_values)[index] / 257.0 : _values[index];
    }

    internal bool Equals(PixelValues other) => _values.SequenceEqual(other._values);
}
