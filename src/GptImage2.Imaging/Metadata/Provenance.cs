using System.Xml;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Metadata;

/// <summary>
/// What an edit keeps of its original's metadata: whose it is, and its resolution. It is written anew, as XMP and EXIF, so that nothing else comes
/// along: no place, no device, nobody who is shown.
/// </summary>
public sealed record Provenance
{
    private const int MaxCreators = 20;
    private const int MaxLength = 1000;

    /// <summary>Artists, by-lines, authors.</summary>
    public IReadOnlyList<string> Creators { get; private init; } = [];

    public string? Copyright { get; private init; }

    /// <summary>Kinds of metadata that the original has and that are not kept, in words; the place first.</summary>
    public IReadOnlyList<string> Dropped { get; private init; } = [];

    /// <summary>Pixels a millimetre of the upright image, to the right and down.</summary>
    internal (double X, double Y) Resolution { get; private init; }

    /// <summary>XMP is believed before IPTC, that before EXIF; metadata that is damaged counts as none.</summary>
    /// <param name="stored">As it is in the file.</param>
    /// <param name="orientation">Of EXIF, 1 to 8.</param>
    /// <param name="format">Of the file.</param>
    /// <param name="open">The file: the tags of a TIFF are those of EXIF, and a PNG has texts that libvips does not read.</param>
    internal static Provenance Read(VipsImage stored, int orientation, ImageFormat format, Func<Stream> open)
    {
        Authorship[] sources =
        [
            ReadOrNone(() => XmpPacket.Read(stored.GetBlob("xmp-data"))),
            ReadOrNone(() => IptcRecord.Read(stored.GetBlob("iptc-data") ?? stored.GetBlob("photoshop-data"))),
            ReadOrNone(() => ExifBlock.Read(stored.GetBlob("exif-data"))),
            format is ImageFormat.Tiff ? ReadOrNone(() => ReadFile(open, ExifBlock.Read)) : Authorship.None,
            ReadPngTexts(stored),
            format is ImageFormat.Png ? ReadOrNone(() => ReadFile(open, PngTexts.Read)) : Authorship.None,
        ];
        var turned = orientation >= 5;
        return new Provenance
        {
            Creators = [.. (sources.Select(source => Clean(source.Creators)).FirstOrDefault(creators => creators is not []) ?? []).Take(MaxCreators)],
            Copyright = sources.SelectMany(source => Clean([source.Copyright ?? ""])).FirstOrDefault(),
            Dropped = [.. MetadataKinds.All.Where(kind => sources.Any(source => source.Others.Contains(kind)))],
            Resolution = turned ? (stored.VerticalResolution, stored.HorizontalResolution) : (stored.HorizontalResolution, stored.VerticalResolution),
        };
    }

    /// <summary>The pixels with this metadata added to what they have.</summary>
    internal VipsImage ApplyTo(VipsImage image)
    {
        var tagged = new VipsOperation("copy").With("in", image).With("xres", Resolution.X).With("yres", Resolution.Y).ToImage();
        if (Creators is not [] || Copyright is not null)
        {
            tagged.SetBlob("xmp-data", XmpPacket.Write(Creators, Copyright));
            tagged.SetBlob("exif-data", ExifBlock.Write(Creators, Copyright));
        }

        return tagged;
    }

    private static Authorship ReadFile(Func<Stream> open, Func<Stream, Authorship> read)
    {
        using var file = open();
        return read(file);
    }

    /// <summary>What libvips has read of the texts of a PNG: those in UTF-8.</summary>
    private static Authorship ReadPngTexts(VipsImage stored)
    {
        var texts = stored.GetFieldNames().Where(field => field.StartsWith("png-comment-", StringComparison.Ordinal)).ToLookup(field => field[(field.LastIndexOf('-') + 1)..]);
        return new Authorship(
            [.. texts["Author"].Select(field => stored.GetString(field) ?? "")],
            texts["Copyright"].Select(stored.GetString).FirstOrDefault(),
            texts.Any(text => text.Key is "Description" or "Title" or "Comment") ? [MetadataKinds.Descriptions] : []);
    }

    private static Authorship ReadOrNone(Func<Authorship> read)
    {
        try
        {
            return read();
        }
        catch (Exception damaged) when (damaged is XmlException or IOException or InvalidDataException or ArgumentException or OverflowException)
        {
            return Authorship.None;
        }
    }

    private static string[] Clean(IEnumerable<string> texts) =>
    [
        .. texts.Select(text => new string([.. text.Where(character => !char.IsControl(character) && XmlConvert.IsXmlChar(character) || char.IsSurrogate(character))]).Trim())
            .Where(text => text is not "" && IsWellFormed(text))
            .Select(text => text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)]),
    ];

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}

/// <summary>What one block of metadata says of an image's authors, and which kinds of other things it says.</summary>
internal sealed record Authorship(IReadOnlyList<string> Creators, string? Copyright, IReadOnlyCollection<string> Others)
{
    internal static readonly Authorship None = new([], null, []);
}

/// <summary>Names for what is not kept.</summary>
internal static class MetadataKinds
{
    internal const string Place = "place";
    internal const string Camera = "camera data";
    internal const string Date = "date";
    internal const string Descriptions = "descriptions";

    internal static readonly string[] All = [Place, Camera, Date, Descriptions];
}
