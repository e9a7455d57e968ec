using System.Xml;
using System.Xml.Linq;

namespace GptImage2.Imaging.Metadata;

/// <summary>XMP (ISO 16684-1, 2019), of which only Dublin Core's creator and rights are kept.</summary>
internal static class XmpPacket
{
    private const long MaxCharacters = 4 << 20;

    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XName Creator = DublinCore + "creator";
    private static readonly XName Rights = DublinCore + "rights";

    /// <exception cref="XmlException">It is damaged.</exception>
    internal static Authorship Read(byte[]? packet)
    {
        if (packet is null)
        {
            return Authorship.None;
        }

        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxCharacters };
        using var stream = new MemoryStream(packet.AsSpan().TrimEnd((byte)0).ToArray());
        using var reader = XmlReader.Create(stream, settings);
        var descriptions = XDocument.Load(reader).Descendants(Rdf + "RDF").Elements(Rdf + "Description").ToArray();
        var properties = descriptions.Elements().ToArray();
        XName[] names = [.. properties.Select(property => property.Name), .. descriptions.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name)];
        return new Authorship(
            [.. properties.Where(property => property.Name == Creator).SelectMany(GetValues)],
            properties.Where(property => property.Name == Rights).SelectMany(GetValues).Concat(descriptions.Attributes(Rights).Select(attribute => attribute.Value)).FirstOrDefault(),
            [.. names.Select(FindKind).OfType<string>().Distinct()]);
    }

    internal static byte[] Write(IReadOnlyList<string> creators, string? copyright)
    {
        var description = new XElement(Rdf + "Description", new XAttribute(Rdf + "about", ""), new XAttribute(XNamespace.Xmlns + "dc", DublinCore.NamespaceName));
        if (creators is not [])
        {
            description.Add(new XElement(Creator, new XElement(Rdf + "Seq", creators.Select(creator => new XElement(Rdf + "li", creator)))));
        }

        if (copyright is not null)
        {
            description.Add(new XElement(Rights, new XElement(Rdf + "Alt", new XElement(Rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), copyright))));
        }

        var packet = new XElement(
            Meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", Meta.NamespaceName),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf.NamespaceName), description));
        return Encoding.UTF8.GetBytes(packet.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Of a list, or of a property without one.</summary>
    private static IEnumerable<string> GetValues(XElement property) =>
        property.Descendants(Rdf + "li").ToArray() is { Length: > 0 } items ? items.Select(item => item.Value) : [property.Value];

    /// <summary>What a property tells, where it is told when it is dropped; what only describes the file is not.</summary>
    private static string? FindKind(XName name) => (name.NamespaceName, name.LocalName) switch
    {
        (_, ['G', 'P', 'S', ..] or "City" or "State" or "Country" or "CountryCode" or "Location" or "LocationCreated" or "LocationShown") => MetadataKinds.Place,
        (_, "CreateDate" or "ModifyDate" or "MetadataDate" or "DateCreated" or "DateTimeOriginal" or "DateTimeDigitized" or "date") => MetadataKinds.Date,
        ("http://ns.adobe.com/exif/1.0/aux/" or "http://cipa.jp/exif/1.0/", _) or (_, "Make" or "Model" or "FNumber" or "ExposureTime" or "FocalLength") => MetadataKinds.Camera,
        ("http://purl.org/dc/elements/1.1/", "description" or "subject" or "title" or "contributor") or (_, "Headline" or "PersonInImage" or "RegionInfo" or "CaptionWriter" or "UserComment" or "Rating" or "Label") => MetadataKinds.Descriptions,
        _ => null,
    };
}
