using System.Buffers.Binary;

namespace GptImage2.Imaging.Metadata;

/// <summary>The IPTC information interchange model (IIM 4.2, 2014), alone or among Photoshop's image resources.</summary>
internal static class IptcRecord
{
    private const byte DatasetMarker = 0x1C;
    private const byte ByLine = 80;
    private const byte CopyrightNotice = 116;
    private const ushort IptcResource = 0x0404;

    internal static Authorship Read(byte[]? block)
    {
        var datasets = ReadDatasets(FindRecord(block ?? []));
        return new Authorship(
            [.. datasets.Where(dataset => dataset.Number is ByLine).Select(dataset => dataset.Text)],
            datasets.FirstOrDefault(dataset => dataset.Number is CopyrightNotice).Text,
            [.. datasets.Select(dataset => FindKind(dataset.Number)).OfType<string>().Distinct()]);
    }

    private static ReadOnlySpan<byte> FindRecord(ReadOnlySpan<byte> block)
    {
        var resources = block.StartsWith("Photoshop 3.0\0"u8) ? block["Photoshop 3.0\0"u8.Length..] : block;
        while (resources.StartsWith("8BIM"u8) && resources.Length >= 12)
        {
            var id = BinaryPrimitives.ReadUInt16BigEndian(resources[4..]);
            // A name with its length, padded to an even number of bytes; then the length of what follows, padded alike.
            var data = 6 + ((resources[6] + 2) & ~1) + 4;
            if (data > resources.Length)
            {
                return [];
            }

            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(resources[(data - 4)..]), (uint)(resources.Length - data));
            if (id is IptcResource)
            {
                return resources.Slice(data, length);
            }

            resources = resources[Math.Min(data + length + (length & 1), resources.Length)..];
        }

        return resources is [DatasetMarker, ..] ? resources : [];
    }

    /// <summary>Those of the second record, which describes the image.</summary>
    private static List<(byte Number, string Text)> ReadDatasets(ReadOnlySpan<byte> record)
    {
        var datasets = new List<(byte, string)>();
        while (record is [DatasetMarker, var number, var dataset, var high, var low, ..] && high < 0x80 && ((high << 8) | low) is var length && 5 + length <= record.Length)
        {
            if (number is 2)
            {
                datasets.Add((dataset, MetadataText.Decode(record.Slice(5, length))));
            }

            record = record[(5 + length)..];
        }

        return datasets;
    }

    private static string? FindKind(byte dataset) => dataset switch
    {
        26 or 27 or 90 or 92 or 95 or 100 or 101 => MetadataKinds.Place,
        55 or 60 or 62 or 63 => MetadataKinds.Date,
        5 or 25 or 40 or 105 or 110 or 115 or 118 or 120 or 122 => MetadataKinds.Descriptions,
        _ => null,
    };
}
