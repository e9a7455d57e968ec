using System.Buffers.Binary;
using System.IO.Compression;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests.Metadata;

/// <summary>Authors in the tags of a TIFF file itself, and in the texts of a PNG.</summary>
public sealed class FileTextTests
{
    private const ushort ImageDescription = 0x010E;
    private const ushort Make = 0x010F;
    private const ushort Artist = 0x013B;
    private const ushort Copyright = 0x8298;
    private const ushort ExifDirectory = 0x8769;
    private const ushort GpsDirectory = 0x8825;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_TIFF_names_its_author_in_either_byte_order(bool littleEndian)
    {
        var read = ImageHeader.ReadProvenance(Tiff(littleEndian, (Artist, "Ansel; Dorothea"), (Copyright, "(c) Ansel"), (Make, "Leica"), (ImageDescription, "a bridge")));

        read.Creators.ShouldBe(["Ansel", "Dorothea"]);
        read.Copyright.ShouldBe("(c) Ansel");
        read.Dropped.ShouldBe(["camera data", "descriptions"]);
    }

    /// <summary>Up to four bytes stand in the entry itself.</summary>
    [Theory]
    [InlineData(true, "Me")]
    [InlineData(false, "Me")]
    [InlineData(true, "Zoë")]
    [InlineData(false, "Ann")]
    public void Short_texts_are_read_from_their_entry(bool littleEndian, string name) =>
        ImageHeader.ReadProvenance(Tiff(littleEndian, (Artist, name))).Creators.ShouldBe([name]);

    [Fact]
    public void Of_two_copyrights_the_photographers_is_read() =>
        ImageHeader.ReadProvenance(Tiff(true, (Copyright, "(c) Ansel\0(c) the magazine"))).Copyright.ShouldBe("(c) Ansel");

    [Fact]
    public void A_place_is_told_to_be_dropped() => ImageHeader.ReadProvenance(Tiff(true, (GpsDirectory, ""))).Dropped.ShouldBe(["place"]);

    /// <summary>The directory of EXIF is the first one again.</summary>
    [Fact]
    public void A_directory_that_names_itself_is_read_once() =>
        ImageHeader.ReadProvenance(Tiff(true, (Artist, "Ansel"), (ExifDirectory, ""))).Creators.ShouldBe(["Ansel"]);

    [Fact]
    public void A_TIFF_without_texts_has_no_author()
    {
        var read = ImageHeader.ReadProvenance(Tiff(false));

        (read.Creators.Count, read.Copyright, read.Dropped.Count).ShouldBe((0, null, 0));
    }

    [Fact]
    public void The_texts_of_a_PNG_are_read_in_Latin_1_and_in_UTF_8()
    {
        var latin = ImageHeader.ReadProvenance(Png(("tEXt", "Author", Encoding.Latin1.GetBytes("Zoë")), ("tEXt", "Copyright", Encoding.Latin1.GetBytes("© Zoë")), ("tEXt", "Description", "a bridge"u8.ToArray())));
        var unicode = ImageHeader.ReadProvenance(Png(("iTXt", "Author", "山田"u8.ToArray())));
        var packed = ImageHeader.ReadProvenance(Png(("zTXt", "Author", "Zoe"u8.ToArray())));

        latin.Creators.ShouldBe(["Zoë"]);
        latin.Copyright.ShouldBe("© Zoë");
        latin.Dropped.ShouldBe(["descriptions"]);
        unicode.Creators.ShouldBe(["山田"]);
        packed.Creators.ShouldBe(["Zoe"]);
    }

    [Fact]
    public void Of_several_authors_of_a_PNG_each_is_read_and_other_texts_are_nobody() =>
        ImageHeader.ReadProvenance(Png(("tEXt", "Author", "Ansel"u8.ToArray()), ("tEXt", "Author", "Dorothea"u8.ToArray()), ("tEXt", "Software", "a program"u8.ToArray())))
            .Creators.ShouldBe(["Ansel", "Dorothea"]);

    [Fact]
    public void A_text_without_a_keyword_is_nobodys() => ImageHeader.ReadProvenance(Png(("tEXt", "", "Author"u8.ToArray()))).Creators.ShouldBeEmpty();

    /// <summary>8x8 pixels of one byte, with these tags. Pointers to directories point to the first one.</summary>
    private static EncodedImage Tiff(bool littleEndian, params (ushort Tag, string Text)[] texts)
    {
        using var file = new MemoryStream();
        file.Write(littleEndian ? "II"u8 : "MM"u8);
        Write16(42);
        Write32(8);
        (ushort Tag, ushort Type, uint Count, byte[] Data)[] entries =
        [
            .. new (ushort, ushort, uint, byte[])[]
            {
                (256, 4, 1, Bytes32(8)), (257, 4, 1, Bytes32(8)), (258, 4, 1, Bytes32(8)), (259, 4, 1, Bytes32(1)), (262, 4, 1, Bytes32(1)),
                (273, 4, 1, []), (277, 4, 1, Bytes32(1)), (278, 4, 1, Bytes32(8)), (279, 4, 1, Bytes32(64)),
            },
            .. texts.Select(text => text.Tag is ExifDirectory or GpsDirectory
                ? (text.Tag, (ushort)4, 1u, Bytes32(8))
                : (text.Tag, (ushort)2, (uint)Encoding.UTF8.GetByteCount(text.Text) + 1, (byte[])[.. Encoding.UTF8.GetBytes(text.Text), 0])),
        ];
        entries = [.. entries.OrderBy(entry => entry.Tag)];
        var pixels = 8 + 2 + (entries.Length * 12) + 4;
        var next = pixels + 64;
        Write16((ushort)entries.Length);
        foreach (var (tag, type, count, data) in entries)
        {
            Write16(tag);
            Write16(type);
            Write32(count);
            file.Write(tag is 273 ? Bytes32((uint)pixels) : data.Length <= 4 ? [.. data, .. new byte[4 - data.Length]] : Bytes32((uint)next));
            next += data.Length <= 4 ? 0 : data.Length;
        }

        Write32(0);
        file.Write(new byte[64]);
        foreach (var entry in entries.Where(entry => entry.Data.Length > 4))
        {
            file.Write(entry.Data);
        }

        return EncodedImage.FromMemory(file.ToArray());

        void Write16(ushort value) => file.Write(littleEndian ? [(byte)value, (byte)(value >> 8)] : [(byte)(value >> 8), (byte)value]);

        void Write32(uint value) => file.Write(Bytes32(value));

        byte[] Bytes32(uint value)
        {
            var bytes = new byte[4];
            if (littleEndian)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            }

            return bytes;
        }
    }

    /// <summary>With these texts behind the header.</summary>
    private static EncodedImage Png(params (string Chunk, string Keyword, byte[] Text)[] texts)
    {
        using var picture = SampleImages.Opaque(8, 8);
        var plain = picture.Encode(new SaveOptions { Format = ImageFormat.Png });
        const int header = 8 + 25;
        return EncodedImage.FromMemory((byte[])[.. plain.AsSpan(0, header), .. texts.SelectMany(text => Chunk(text.Chunk, text.Keyword, text.Text)), .. plain.AsSpan(header)]);
    }

    private static byte[] Chunk(string name, string keyword, byte[] text)
    {
        byte[] body = name switch
        {
            "iTXt" => [.. Encoding.Latin1.GetBytes(keyword), 0, 0, 0, 0, 0, .. text],
            "zTXt" => [.. Encoding.Latin1.GetBytes(keyword), 0, 0, .. Deflate(text)],
            _ => [.. Encoding.Latin1.GetBytes(keyword), 0, .. text],
        };
        byte[] named = [.. Encoding.Latin1.GetBytes(name), .. body];
        var (length, checksum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Checksum(named));
        return [.. length, .. named, .. checksum];
    }

    private static byte[] Deflate(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Compress))
        {
            zlib.Write(text);
        }

        return packed.ToArray();
    }

    /// <summary>CRC-32 of the PNG specification, annex D.</summary>
    private static uint Checksum(byte[] bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum & 1) == 1 ? 0xEDB88320 ^ (checksum >> 1) : checksum >> 1;
            }
        }

        return ~checksum;
    }
}
