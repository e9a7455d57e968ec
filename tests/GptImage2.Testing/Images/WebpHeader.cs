using System.Buffers.Binary;
using System.Text;
using GptImage2.Imaging;

namespace GptImage2.Testing.Images;

/// <summary>What a WebP file says of itself (RFC 9649): lossy, lossless or extended, not animated.</summary>
public sealed record WebpHeader(Dimensions Size)
{
    /// <exception cref="InvalidDataException">It is no WebP file, or a moving one.</exception>
    public static WebpHeader Read(ReadOnlySpan<byte> file)
    {
        Require(file.Length >= 30 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8), "no signature");
        Require(BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) == file.Length - 8, "another length than it says");
        Require(BinaryPrimitives.ReadUInt32LittleEndian(file[16..]) <= file.Length - 20, "a chunk longer than the file");
        var data = file[20..];
        return new WebpHeader(Encoding.ASCII.GetString(file[12..16]) switch
        {
            "VP8 " => ReadLossy(data),
            "VP8L" => ReadLossless(data),
            "VP8X" => ReadExtended(data),
            _ => throw new InvalidDataException("Not a sound WebP: no picture first."),
        });
    }

    private static Dimensions ReadLossy(ReadOnlySpan<byte> data)
    {
        Require((data[0] & 1) == 0 && data[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]), "no key frame");
        return CreateSize(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
    }

    private static Dimensions ReadLossless(ReadOnlySpan<byte> data)
    {
        Require(data[0] == 0x2F, "no lossless signature");
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        return CreateSize((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
    }

    private static Dimensions ReadExtended(ReadOnlySpan<byte> data)
    {
        Require((data[0] & 2) == 0, "it moves");
        return CreateSize((data[4] | data[5] << 8 | data[6] << 16) + 1, (data[7] | data[8] << 8 | data[9] << 16) + 1);
    }

    private static Dimensions CreateSize(int width, int height)
    {
        Require(width > 0 && height > 0, "no size");
        return new Dimensions(width, height);
    }

    private static void Require(bool right, string why)
    {
        if (!right)
        {
            throw new InvalidDataException($"Not a sound WebP: {why}.");
        }
    }
}
