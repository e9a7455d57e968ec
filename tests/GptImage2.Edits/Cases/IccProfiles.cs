using System.Buffers.Binary;
using System.IO.Compression;
using GptImage2.Imaging;

namespace GptImage2.Edits.Cases;

/// <summary>Finds colour profiles by walking files.</summary>
internal static class IccProfiles
{
    /// <summary>A profile of libvips, as a PNG carries it.</summary>
    public static string GetPath(string name)
    {
        var kind = InputKind.All[0];
        var pixel = new Raster(new Dimensions(1, 1), kind.Bands, kind.Depth, [1, 2, 3]);
        return FindIn(TestImageEncoder.Encode(pixel, kind, name, 1), ImageFormat.Png)!;
    }

    /// <summary>The profile's bytes in hexadecimal, or null without one.</summary>
    public static string? FindIn(byte[] file, ImageFormat format) => format switch
    {
        ImageFormat.Png => FindInPng(file),
        ImageFormat.Webp => FindInWebp(file),
        _ => FindInJpeg(file),
    };

    private static string? FindInPng(ReadOnlySpan<byte> file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            if (file.Slice(at + 4, 4).SequenceEqual("iCCP"u8))
            {
                var data = file.Slice(at + 8, length);
                using var compressed = new MemoryStream(data[(data.IndexOf((byte)0) + 2)..].ToArray());
                using var inflate = new ZLibStream(compressed, CompressionMode.Decompress);
                using var profile = new MemoryStream();
                inflate.CopyTo(profile);
                return Convert.ToHexString(profile.ToArray());
            }

            at += length + 12;
        }

        return null;
    }

    private static string? FindInWebp(ReadOnlySpan<byte> file)
    {
        for (var at = 12; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file[(at + 4)..]);
            if (Encoding.ASCII.GetString(file.Slice(at, 4)) is "ICCP")
            {
                return Convert.ToHexString(file.Slice(at + 8, length));
            }

            at += 8 + length + (length % 2);
        }

        return null;
    }

    /// <summary>One that fits into one segment.</summary>
    private static string? FindInJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; file[at + 1] is not 0xDA; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]))
        {
            if (file[at + 1] is 0xE2 && file[(at + 4)..].StartsWith("ICC_PROFILE\0\u0001\u0001"u8))
            {
                return Convert.ToHexString(file[(at + 18)..(at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]))]);
            }
        }

        return null;
    }
}
