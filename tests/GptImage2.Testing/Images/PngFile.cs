using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace GptImage2.Testing.Images;

/// <summary>A PNG file, read as strictly as its specification (third edition, 2025) allows: order, checksums, sizes, nothing behind the end.</summary>
public sealed class PngFile
{
    private const int SignatureLength = 8;
    private readonly byte[] _rows;
    private readonly byte[] _palette;
    private readonly byte[] _paletteAlpha;

    private PngFile(PngHeader header, byte[] rows, byte[] palette, byte[] paletteAlpha) =>
        (Header, _rows, _palette, _paletteAlpha) = (header, rows, palette, paletteAlpha);

    public PngHeader Header { get; }

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="InvalidDataException">It is no PNG file, or a damaged one.</exception>
    public static PngFile Read(ReadOnlySpan<byte> file)
    {
        Require(file.StartsWith(Signature), "no signature");
        PngHeader? header = null;
        byte[] palette = [], paletteAlpha = [];
        using var compressed = new MemoryStream();
        var (at, previous) = (SignatureLength, "");
        while (previous != "IEND")
        {
            var (name, data) = ReadChunk(file, at);
            Require((header is null) == (name == "IHDR"), "IHDR is not first and alone");
            Require(name != "IDAT" || compressed.Length == 0 || previous == "IDAT", "IDAT chunks are not together");
            switch (name)
            {
                case "IHDR":
                    header = PngHeader.Read(data);
                    break;
                case "PLTE":
                    Require(palette is [] && data.Length is > 0 and <= 768 && data.Length % 3 == 0, "bad PLTE");
                    palette = data;
                    break;
                case "tRNS":
                    paletteAlpha = data;
                    break;
                case "IDAT":
                    compressed.Write(data);
                    break;
                default:
                    Require(name == "IEND" ? data is [] : char.IsAsciiLetterLower(name[0]), $"unexpected chunk {name}");
                    break;
            }

            (previous, at) = (name, at + data.Length + 12);
        }

        Require(at == file.Length, "something behind the end");
        Require(header!.ColourType != 3 || palette is not [], "no palette");
        return new PngFile(header, Inflate(compressed, header.RowBytes), palette, paletteAlpha);
    }

    /// <summary>Every pixel as red, green, blue and alpha, eight bits each; alpha is 0 only where it is 0 in the file.</summary>
    /// <exception cref="InvalidDataException">A row says of itself what no row can.</exception>
    public PngPixels Decode() => new PngRowDecoder(Header, _rows, _palette, _paletteAlpha).Decode();

    internal static void Require(bool right, string why)
    {
        if (!right)
        {
            throw new InvalidDataException($"Not a sound PNG: {why}.");
        }
    }

    private static (string Name, byte[] Data) ReadChunk(ReadOnlySpan<byte> file, int at)
    {
        Require(file.Length - at >= 12, "it ends early");
        var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
        Require(length <= file.Length - at - 12, "a chunk is longer than the file");
        var named = file.Slice(at + 4, (int)length + 4);
        Require(BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]) == PngChunk.Checksum(named), "a checksum is wrong");
        return (Encoding.ASCII.GetString(named[..4]), named[4..].ToArray());
    }

    private static byte[] Inflate(MemoryStream compressed, int length)
    {
        compressed.Position = 0;
        var rows = new byte[length];
        using var inflate = new ZLibStream(compressed, CompressionMode.Decompress);
        Require(inflate.ReadAtLeast(rows, length, throwOnEndOfStream: false) == length, "too few pixels");
        Require(inflate.ReadByte() < 0, "too many pixels");
        return rows;
    }
}
