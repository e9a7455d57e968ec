using System.Buffers.Binary;

namespace GptImage2.Imaging.Metadata;

/// <summary>EXIF (CIPA DC-008, 2023): directories of tags in the layout of TIFF 6.0 (1992), so that TIFF files are read alike.</summary>
internal static class ExifBlock
{
    private const ushort Artist = 0x013B;
    private const ushort Copyright = 0x8298;
    private const ushort ExifDirectory = 0x8769;
    private const ushort GpsDirectory = 0x8825;
    private const ushort Ascii = 2;
    private const int EntryLength = 12;
    private const int MaxEntries = 1000;
    private const int MaxTextLength = 64 << 10;

    private static ReadOnlySpan<byte> Signature => "Exif\0\0"u8;

    internal static Authorship Read(byte[]? block)
    {
        if (block is null)
        {
            return Authorship.None;
        }

        using var tiff = new MemoryStream(block.AsSpan().StartsWith(Signature) ? block[Signature.Length..] : block);
        return Read(tiff);
    }

    /// <param name="tiff">Seekable, from the byte order on.</param>
    internal static Authorship Read(Stream tiff)
    {
        var reader = new TiffReader(tiff);
        var first = reader.ReadDirectory(reader.FirstDirectory);
        var exif = first.TryGetValue(ExifDirectory, out var pointer) ? reader.ReadDirectory(pointer.Value) : [];
        return new Authorship(
            first.TryGetValue(Artist, out var artist) ? reader.ReadText(artist).Split(';') : [],
            first.TryGetValue(Copyright, out var copyright) ? reader.ReadText(copyright) : null,
            [.. first.Keys.Concat(exif.Keys).Select(FindKind).OfType<string>().Distinct()]);
    }

    /// <summary>A block with nothing but these; texts in UTF-8, as everybody reads them.</summary>
    internal static byte[] Write(IReadOnlyList<string> creators, string? copyright)
    {
        (ushort Tag, byte[] Text)[] entries =
        [
            .. creators is [] ? [] : new[] { (Artist, Encode(string.Join("; ", creators))) },
            .. copyright is null ? [] : new[] { (Copyright, Encode(copyright)) },
        ];
        using var block = new MemoryStream();
        block.Write(Signature);
        block.Write([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, (byte)entries.Length, 0]);
        var next = 8 + 2 + (entries.Length * EntryLength) + 4;
        foreach (var (tag, text) in entries)
        {
            var entry = new byte[EntryLength];
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), Ascii);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), text.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(8), next);
            block.Write(entry);
            next += text.Length;
        }

        block.Write([0, 0, 0, 0]);
        foreach (var (_, text) in entries)
        {
            block.Write(text);
        }

        return block.ToArray();
    }

    /// <summary>With its end, of an even length, and longer than the four bytes that would be kept in the entry itself.</summary>
    private static byte[] Encode(string text)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text), 0];
        return [.. bytes, .. new byte[Math.Max(bytes.Length % 2, 6 - bytes.Length)]];
    }

    /// <summary>What a tag tells, where it is told when it is dropped.</summary>
    private static string? FindKind(ushort tag) => tag switch
    {
        GpsDirectory => MetadataKinds.Place,
        0x010F or 0x0110 or 0x829A or 0x829D or 0x8827 or (>= 0x9201 and <= 0x920A) or 0x927C or (>= 0xA430 and <= 0xA435) => MetadataKinds.Camera,
        0x0132 or 0x9003 or 0x9004 => MetadataKinds.Date,
        0x010E or 0x9286 or 0x9C9B or 0x9C9C or 0x9C9E or 0x9C9F => MetadataKinds.Descriptions,
        _ => null,
    };

    /// <summary>Reads directories; whatever reaches beyond the file is damage.</summary>
    private sealed class TiffReader
    {
        private readonly Stream _tiff;
        private readonly bool _isLittleEndian;

        internal TiffReader(Stream tiff)
        {
            _tiff = tiff;
            var start = ReadAt(0, 8);
            _isLittleEndian = start[0] is (byte)'I';
            if (ToUInt16(start.AsSpan(2)) is not 42)
            {
                throw new InvalidDataException("This is no TIFF with offsets of 32 bits.");
            }

            FirstDirectory = ToUInt32(start.AsSpan(4));
        }

        internal uint FirstDirectory { get; }

        internal Dictionary<ushort, TiffEntry> ReadDirectory(uint offset)
        {
            var count = Math.Min((int)ToUInt16(ReadAt(offset, 2)), MaxEntries);
            var bytes = ReadAt(offset + 2, count * EntryLength);
            var entries = new Dictionary<ushort, TiffEntry>();
            for (var start = 0; start < bytes.Length; start += EntryLength)
            {
                var entry = bytes.AsSpan(start, EntryLength);
                entries[ToUInt16(entry)] = new TiffEntry(ToUInt32(entry[4..]), ToUInt32(entry[8..]), entry[8..].ToArray());
            }

            return entries;
        }

        /// <summary>Up to the first end: an editor's copyright may follow a photographer's.</summary>
        internal string ReadText(TiffEntry entry)
        {
            var length = (int)Math.Min(entry.Length, MaxTextLength);
            var bytes = length <= 4 ? entry.Inline.AsSpan(0, length) : ReadAt(entry.Value, length);
            return MetadataText.Decode(bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes);
        }

        private byte[] ReadAt(long offset, int length)
        {
            var bytes = new byte[length];
            _tiff.Position = offset;
            _tiff.ReadExactly(bytes);
            return bytes;
        }

        private ushort ToUInt16(ReadOnlySpan<byte> bytes) => _isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

        private uint ToUInt32(ReadOnlySpan<byte> bytes) => _isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <param name="Length">Of a text, in bytes.</param>
    /// <param name="Value">Where what it has is, or the value itself.</param>
    /// <param name="Inline">The same bytes as they are.</param>
    private sealed record TiffEntry(uint Length, uint Value, byte[] Inline);
}
