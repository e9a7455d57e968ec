using System.Buffers.Binary;
using GptImage2.Imaging;

namespace GptImage2.Edits.Cases;

/// <summary>Writes an orientation into files that others encoded.</summary>
internal static class ExifOrientation
{
    private const int PngHeaderEnd = 33;

    public static byte[] Write(byte[] file, ImageFormat format, int orientation)
    {
        byte[] tags = [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        return format is ImageFormat.Jpeg
            ? [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(tags.Length + 8), .. "Exif\0\0"u8, .. tags, .. WithoutExif(file.AsSpan(2))]
            : [.. file.AsSpan(0, PngHeaderEnd), .. Chunk("eXIf", tags), .. file.AsSpan(PngHeaderEnd)];
    }

    private static ReadOnlySpan<byte> WithoutExif(ReadOnlySpan<byte> segments) =>
        segments is [0xFF, 0xE1, var high, var low, ..] ? segments[((high << 8) + low + 2)..] : segments;

    private static byte[] Chunk(string type, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. body];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(named.Length + 4), Checksum(named));
        return chunk;
    }

    private static uint Checksum(byte[] bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum & 1) == 0 ? checksum >> 1 : (checksum >> 1) ^ 0xEDB88320;
            }
        }

        return ~checksum;
    }
}
