using System.Buffers.Binary;

namespace GptImage2.Testing.Images;

/// <summary>One length-name-data-checksum part of a PNG file.</summary>
public static class PngChunk
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => Remainder((uint)n))];

    public static void Write(Stream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(name);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Continue(Continue(uint.MaxValue, name), data));
        file.Write(number);
    }

    /// <summary>What stands behind a chunk's name and data.</summary>
    public static uint Checksum(ReadOnlySpan<byte> nameAndData) => ~Continue(uint.MaxValue, nameAndData);

    private static uint Continue(uint checksum, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            checksum = Table[(checksum ^ value) & 0xFF] ^ (checksum >> 8);
        }

        return checksum;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
