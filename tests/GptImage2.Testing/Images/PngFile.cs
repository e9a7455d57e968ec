using System.Buffers.Binary;
using System.IO.Compression;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace GptImage2.Testing.Images;

/// <summary>A PNG file, checked as strictly as its specification (third edition, 2025) allows: order, checksums, sizes, nothing after the end.</summary>
public sealed class PngFile
{
    private const int SignatureLength = 8;
    private readonly byte[] _file;

    private PngFile(PngHeader header, byte[] file) => (Header, _file) = (header, file);

    public PngHeader Header { get; }

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="InvalidDataException">It is no PNG file, or a damaged one.</exception>
    public static PngFile Read(ReadOnlySpan<byte> file)
    {
        Require(file.StartsWith(Signature), "no signature");
        PngHeader? header = null;
        var paletteBytes = 0;
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
                    Require(paletteBytes == 0 && data.Length is > 0 and <= 768 && data.Length % 3 == 0, "bad PLTE");
                    paletteBytes = data.Length;
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

        Require(at == file.Length, "something after the end");
        Require(header!.ColourType != 3 || paletteBytes > 0, "no palette");
        CheckLength(compressed, header.RowBytes);
        return new PngFile(header, file.ToArray());
    }

    /// <summary>Every pixel as red, green, blue and alpha, eight bits each, by a decoder that shares nothing with libvips. Alpha is 0 only if it is 0 in the file.</summary>
    /// <exception cref="InvalidDataException">The pixels cannot be decoded.</exception>
    public PngPixels Decode()
    {
        // ImageSharp 2.1.13 never returns when the second pass is empty.
        Require(!Header.Interlaced || Header.Size.Width >= 5, "an interlaced image too narrow for the decoder");
        var rgba = new byte[Header.Size.PixelCount * 4];
        try
        {
            if (Header.Depth == 16)
            {
                using var deep = Image.Load<Rgba64>(_file);
                var samples = new byte[rgba.Length * 2];
                deep.CopyPixelDataTo(samples);
                NarrowToEightBits(MemoryMarshal.Cast<byte, ushort>(samples), rgba);
            }
            else
            {
                using var image = Image.Load<Rgba32>(_file);
                image.CopyPixelDataTo(rgba);
            }
        }
        catch (ImageFormatException exception)
        {
            throw new InvalidDataException($"Not a sound PNG: {exception.Message}", exception);
        }

        return new PngPixels(Header.Size, rgba);
    }

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

    private static void CheckLength(MemoryStream compressed, int length)
    {
        compressed.Position = 0;
        var rows = new byte[length];
        using var inflate = new ZLibStream(compressed, CompressionMode.Decompress);
        Require(inflate.ReadAtLeast(rows, length, throwOnEndOfStream: false) == length, "too few pixels");
        Require(inflate.ReadByte() < 0, "too many pixels");
    }

    private static void NarrowToEightBits(ReadOnlySpan<ushort> samples, Span<byte> rgba)
    {
        for (var i = 0; i < rgba.Length; i++)
        {
            var isFaintAlpha = i % 4 == 3 && samples[i] is > 0 and < 256;
            rgba[i] = isFaintAlpha ? (byte)1 : (byte)(samples[i] >> 8);
        }
    }
}
