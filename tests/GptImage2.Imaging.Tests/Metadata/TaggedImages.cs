using System.Buffers.Binary;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests.Metadata;

/// <summary>Images with metadata of all kinds, put together byte by byte.</summary>
internal static class TaggedImages
{
    internal const string Secret = "SECRET";

    internal static readonly byte[] Xmp = Encoding.UTF8.GetBytes(
        $"""
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="52,{Secret}N"
          xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" aux:SerialNumber="{Secret}">
        <dc:creator><rdf:Seq><rdf:li>Zoë Q. &amp; Sons</rdf:li><rdf:li>山田</rdf:li></rdf:Seq></dc:creator>
        <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Zoë</rdf:li></rdf:Alt></dc:rights>
        <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>{Secret} Person</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        """);

    /// <summary>An APP13 block of Photoshop's: by-line, copyright, city, caption.</summary>
    internal static readonly byte[] Iptc = CreateIptc();

    /// <summary>Artist, copyright, camera with its serial number, and a place.</summary>
    internal static byte[] Exif(string artist = "Ansel; Dorothea") => CreateExif(artist);

    /// <summary>A JPEG of 61x47 at 300 dots an inch with these blocks.</summary>
    internal static EncodedImage Jpeg(byte[]? exif = null, byte[]? xmp = null, byte[]? iptc = null)
    {
        using var picture = SampleImages.Opaque(61, 47);
        var jpeg = picture.Encode(new SaveOptions { Format = ImageFormat.Jpeg });
        byte[] plain = [.. jpeg.AsSpan(0, 2), .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 1, 1, 44, 1, 44, 0, 0]), .. WithoutApplicationSegments(jpeg.AsSpan(2))];
        return EncodedImage.FromMemory((byte[])
        [
            .. plain.AsSpan(0, 20),
            .. exif is null ? [] : Segment(0xE1, [.. "Exif\0\0"u8, .. exif]),
            .. xmp is null ? [] : Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. xmp]),
            .. iptc is null ? [] : Segment(0xED, iptc),
            .. plain.AsSpan(20),
        ]);
    }

    private static byte[] WithoutApplicationSegments(ReadOnlySpan<byte> segments)
    {
        while (segments is [0xFF, >= 0xE0 and <= 0xEF, var high, var low, ..])
        {
            segments = segments[((high << 8) + low + 2)..];
        }

        return segments.ToArray();
    }

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] CreateIptc()
    {
        byte[] record =
        [
            .. Dataset(80, "Berenice"), .. Dataset(80, "Weegee"), .. Dataset(116, "(c) Berenice"), .. Dataset(90, Secret), .. Dataset(120, Secret),
        ];
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, record.Length);
        return [.. "Photoshop 3.0\0"u8, .. "8BIM"u8, 4, 4, 0, 0, .. length, .. record, .. record.Length % 2 == 0 ? Array.Empty<byte>() : [0]];
    }

    private static byte[] Dataset(byte number, string text) => [0x1C, 2, number, 0, (byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] CreateExif(string artist)
    {
        (ushort Tag, string Text)[] texts = [(0x010F, $"Make {Secret}"), (0x013B, artist), (0x8298, "(c) Ansel")];
        using var block = new MemoryStream();
        block.Write([.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 5]);
        var next = 8 + 2 + (5 * 12) + 4;
        var data = new List<byte>();
        foreach (var (tag, text) in texts)
        {
            byte[] bytes = [.. Encoding.UTF8.GetBytes(text), 0];
            block.Write([(byte)(tag >> 8), (byte)tag, 0, 2, 0, 0, 0, (byte)bytes.Length, 0, 0, 0, (byte)(next + data.Count)]);
            data.AddRange(bytes);
        }

        // The directories of EXIF and GPS follow the texts: a serial number, and a latitude's letter.
        var exif = next + data.Count;
        byte[] serial = [.. Encoding.ASCII.GetBytes($"No. {Secret}"), 0];
        var gps = exif + 18 + serial.Length;
        block.Write([0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, (byte)exif, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, (byte)gps, 0, 0, 0, 0]);
        block.Write([.. data]);
        block.Write([0, 1, 0xA4, 0x31, 0, 2, 0, 0, 0, (byte)serial.Length, 0, 0, 0, (byte)(exif + 18), 0, 0, 0, 0, .. serial]);
        block.Write([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, (byte)'N', 0, 0, 0, 0, 0, 0, 0]);
        return block.ToArray();
    }
}
