using System.Buffers.Binary;

namespace GptImage2.Imaging.Metadata;

/// <summary>
/// The tEXt chunks of a PNG (third edition, 2025, section 11.3.3). They are in Latin-1, though many write UTF-8; libvips leaves out what is no UTF-8.
/// </summary>
internal static class PngTexts
{
    private const int SignatureLength = 8;
    private const int ChecksumLength = 4;
    private const int MaxTextLength = 64 << 10;

    /// <param name="png">Seekable.</param>
    /// <exception cref="IOException">The file ends within a text.</exception>
    internal static Authorship Read(Stream png)
    {
        var texts = ReadTexts(png).ToLookup(text => text.Keyword, text => text.Text);
        return new Authorship(
            [.. texts["Author"]],
            texts["Copyright"].FirstOrDefault(),
            texts.Any(text => text.Key is "Description" or "Title" or "Comment") ? [MetadataKinds.Descriptions] : []);
    }

    private static IEnumerable<(string Keyword, string Text)> ReadTexts(Stream png)
    {
        var header = new byte[8];
        for (long next = SignatureLength; next + header.Length <= png.Length;)
        {
            png.Position = next;
            png.ReadExactly(header);
            var length = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (header.AsSpan(4).SequenceEqual("tEXt"u8) && length <= MaxTextLength)
            {
                var data = new byte[length];
                png.ReadExactly(data);
                if (Array.IndexOf(data, (byte)0) is >= 0 and var end)
                {
                    yield return (Encoding.Latin1.GetString(data, 0, end), MetadataText.Decode(data.AsSpan(end + 1)));
                }
            }

            next += header.Length + length + ChecksumLength;
        }
    }
}
