using System.Buffers.Binary;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Tests.Metadata;

public sealed class ProvenanceTests
{
    private static readonly Dimensions Size = new(61, 47);

    private static readonly string[] Everything = ["place", "camera data", "descriptions"];

    [Theory]
    [InlineData("exif", "Ansel|Dorothea", "(c) Ansel", "place|camera data")]
    [InlineData("iptc", "Berenice|Weegee", "(c) Berenice", "place|descriptions")]
    [InlineData("xmp", "Zoë Q. & Sons|山田", "© 2026 Zoë", "place|camera data|descriptions")]
    [InlineData("all", "Zoë Q. & Sons|山田", "© 2026 Zoë", "place|camera data|descriptions")]
    [InlineData("exif iptc", "Berenice|Weegee", "(c) Berenice", "place|camera data|descriptions")]
    [InlineData("nothing", "", null, "")]
    public void The_author_is_read_wherever_one_is_named(string blocks, string creators, string? copyright, string dropped)
    {
        var read = ImageHeader.ReadProvenance(Create(blocks));

        read.Creators.ShouldBe(creators.Split('|', StringSplitOptions.RemoveEmptyEntries));
        read.Copyright.ShouldBe(copyright);
        read.Dropped.ShouldBe(dropped.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Webp)]
    [InlineData(ImageFormat.Jpeg)]
    public void An_edit_keeps_author_copyright_and_resolution_and_nothing_else(ImageFormat format)
    {
        var original = Create("all");

        var (bytes, report) = Paste(original, format);

        var kept = ImageHeader.ReadProvenance(EncodedImage.FromMemory(bytes));
        kept.Creators.ShouldBe(["Zoë Q. & Sons", "山田"]);
        kept.Copyright.ShouldBe("© 2026 Zoë");
        kept.Dropped.ShouldBeEmpty();
        report.MetadataDropped.ShouldBe(Everything);
        var text = Encoding.UTF8.GetString(bytes);
        text.ShouldNotContain(TaggedImages.Secret);
        using var written = Image.Open(EncodedImage.FromMemory(bytes));
        Encoding.UTF8.GetString(written.Native.GetBlob("xmp-data")!).ShouldContain("<rdf:li>Zoë Q. &amp; Sons</rdf:li><rdf:li>山田</rdf:li>");
        // A WebP has its resolution in its EXIF only.
        written.Native.GetString("exif-ifd0-XResolution").ShouldNotBeNull().ShouldContain("300");
        written.Native.GetString("exif-ifd0-ResolutionUnit").ShouldNotBeNull().ShouldStartWith("2 (", Case.Sensitive, "inches");
        written.Native.GetFieldNames().ShouldNotContain(field => field.StartsWith("exif-ifd3", StringComparison.Ordinal) || field.StartsWith("iptc", StringComparison.Ordinal) || field.Contains("Serial", StringComparison.Ordinal));
    }

    [Fact]
    public void A_webp_of_an_unknown_author_has_a_resolution_too()
    {
        using var written = Image.Open(EncodedImage.FromMemory(Paste(Create("nothing"), ImageFormat.Webp).Bytes));

        written.Native.GetString("exif-ifd0-XResolution").ShouldNotBeNull().ShouldContain("300");
    }

    [Fact]
    public void A_png_says_its_resolution_in_dots_a_metre()
    {
        var (png, _) = Paste(Create("nothing"), ImageFormat.Png);

        var chunk = png.AsSpan(png.AsSpan().IndexOf("pHYs"u8) + 4);
        (BinaryPrimitives.ReadInt32BigEndian(chunk), BinaryPrimitives.ReadInt32BigEndian(chunk[4..]), chunk[8]).ShouldBe((11811, 11811, (byte)1));
    }

    [Fact]
    public void Exif_alone_gives_what_other_programs_read_as_exif()
    {
        var (png, _) = Paste(Create("exif"), ImageFormat.Png);

        using var written = Image.Open(EncodedImage.FromMemory(png));
        written.Native.GetString("exif-ifd0-Artist").ShouldNotBeNull().ShouldStartWith("Ansel; Dorothea");
        written.Native.GetString("exif-ifd0-Copyright").ShouldNotBeNull().ShouldStartWith("(c) Ansel");
        written.Native.GetFieldNames().ShouldNotContain("exif-ifd0-Make");
    }

    [Theory]
    [InlineData("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>")]
    [InlineData("")]
    public void Damaged_or_hostile_metadata_counts_as_none(string xmp)
    {
        var exif = TaggedImages.Exif();

        ImageHeader.ReadProvenance(TaggedImages.Jpeg(xmp: Encoding.UTF8.GetBytes(xmp), iptc: TaggedImages.Iptc[..40])).Copyright.ShouldBeNull();
        for (var length = 0; length < exif.Length; length += 7)
        {
            Should.NotThrow(() => ImageHeader.ReadProvenance(TaggedImages.Jpeg(exif[..length])));
        }
    }

    [Fact]
    public void Every_byte_of_a_block_may_be_wrong()
    {
        var exif = TaggedImages.Exif();
        for (var i = 0; i < exif.Length; i++)
        {
            byte[] wrong = [.. exif];
            wrong[i] ^= 0xFF;

            Should.NotThrow(() => ImageHeader.ReadProvenance(TaggedImages.Jpeg(wrong)), $"byte {i}");
        }
    }

    /// <summary>Offsets of 64 bits: libvips reads it, we read no tags of it.</summary>
    [Fact]
    public void A_BigTIFF_is_an_image_without_an_author()
    {
        using var image = SampleImages.Opaque(8, 8);
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "big.tif");
        try
        {
            new VipsOperation("tiffsave").With("in", image.Native).With("filename", path).With("bigtiff", true).Run();

            File.ReadAllBytes(path)[2].ShouldBe((byte)43);
            ImageHeader.ReadProvenance(EncodedImage.FromFile(path)).Creators.ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_no_xml_can_hold_is_left_out()
    {
        var (bytes, _) = Paste(TaggedImages.Jpeg(TaggedImages.Exif($"An\u0001sel\uFFFE;{new string('x', 100)}")), ImageFormat.Webp);

        ImageHeader.ReadProvenance(EncodedImage.FromMemory(bytes)).Creators.ShouldBe(["Ansel", new string('x', 100)]);
    }

    [Fact]
    public void A_turned_photograph_has_its_resolution_turned()
    {
        byte[] turnedSixth =
        [
            .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 4,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0,
            0x01, 0x1A, 0, 5, 0, 0, 0, 1, 0, 0, 0, 62,
            0x01, 0x1B, 0, 5, 0, 0, 0, 1, 0, 0, 0, 70,
            0x01, 0x28, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 80, 0, 0, 0, 1,
        ];
        var turned = TaggedImages.Jpeg(turnedSixth);

        var (png, _) = Paste(turned, ImageFormat.Png, new Dimensions(Size.Height, Size.Width));

        var chunk = png.AsSpan(png.AsSpan().IndexOf("pHYs"u8) + 4);
        (BinaryPrimitives.ReadInt32BigEndian(chunk), BinaryPrimitives.ReadInt32BigEndian(chunk[4..])).ShouldBe((8000, 4000));
    }

    private static EncodedImage Create(string blocks)
    {
        bool Has(string block) => blocks == "all" || blocks.Split(' ').Contains(block);
        return TaggedImages.Jpeg(Has("exif") ? TaggedImages.Exif() : null, Has("xmp") ? TaggedImages.Xmp : null, Has("iptc") ? TaggedImages.Iptc : null);
    }

    private static (byte[] Bytes, CompositeReport Report) Paste(EncodedImage original, ImageFormat format, Dimensions? upright = null)
    {
        var size = upright ?? Size;
        var answer = Image.FromColour(size, new Colour(10, 20, 200)).Encoded();
        var region = RegionMask.FromShapes(size, [new RegionShape.Rectangle(20, 15, 20, 15)]);
        using var output = new MemoryStream();
        var report = Compositor.Composite(
            original, answer, new CanvasPlacement(new PixelArea(0, 0, size), 1, size, 0, 0), region, new PasteOptions(0), new SaveOptions { Format = format, Lossless = true }, output);
        return (output.ToArray(), report);
    }
}
