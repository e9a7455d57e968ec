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
    /// <param name="openTiff">The file, where it is a TIFF: its own tags are those of EXIF.</param>
    internal static Provenance Read(VipsImage stored, int orientation, Func<Stream>? openTiff)
    {
        Authorship[] sources =
        [
            ReadOrNone(() => XmpPacket.Read(stored.GetBlob("xmp-data"))),
            ReadOrNone(() => IptcRecord.Read(stored.GetBlob("iptc-data") ?? stored.GetBlob("photoshop-data"))),
            ReadOrNone(() => ExifBlock.Read(stored.GetBlob("exif-data"))),
            openTiff is null ? Authorship.None : ReadOrNone(() => ReadFile(openTiff)),
            ReadPngTexts(stored),
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

    private static Authorship ReadFile(Func<Stream> open)
    {
        using var file = open();
        return ExifBlock.Read(file);
    }

    /// <summary>The keywords of the PNG specification, section 11.3.3, whose tEXt is in Latin-1 and whose iTXt is in UTF-8.</summary>
    private static Authorship ReadPngTexts(VipsImage stored)
    {
        var texts = stored.GetFieldNames().Where(field => field.StartsWith("png-comment-", StringComparison.Ordinal)).ToLookup(field => field[(field.LastIndexOf('-') + 1)..]);
        return new Authorship(
            [.. texts["Author"].Select(Read)],
            texts["Copyright"].Select(Read).FirstOrDefault(),
            texts.Any(text => text.Key is "Description" or "Title" or "Comment") ? [MetadataKinds.Descriptions] : []);

        string Read(string field) => MetadataText.Decode(stored.GetStringBytes(field));
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
