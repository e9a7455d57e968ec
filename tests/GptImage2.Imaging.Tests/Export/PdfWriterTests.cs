using System.Xml.Linq;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Export;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace GptImage2.Imaging.Tests.Export;

public sealed class PdfWriterTests
{
    private const double A4Short = 595.3, A4Long = 841.9;

    [Fact]
    public void Each_picture_is_alone_on_a_page_of_its_orientation_whole_and_in_its_middle()
    {
        Dimensions[] sizes = [new(300, 200), new(200, 300), new(250, 250), new(900, 90)];

        using var document = Read(null, [.. sizes.Select(size => SampleImages.Opaque(size.Width, size.Height).Encoded())]);

        document.NumberOfPages.ShouldBe(4);
        foreach (var (page, size) in document.GetPages().Zip(sizes))
        {
            var isWide = size.Width > size.Height;
            (page.Width, page.Height).ShouldSatisfyAllConditions(
                paper => paper.Width.ShouldBe(isWide ? A4Long : A4Short, 0.1),
                paper => paper.Height.ShouldBe(isWide ? A4Short : A4Long, 0.1));
            var image = page.GetImages().ShouldHaveSingleItem();
            (image.WidthInSamples, image.HeightInSamples).ShouldBe((size.Width, size.Height));
            var (left, bottom, width, height) = (image.BoundingBox.Left, image.BoundingBox.Bottom, image.BoundingBox.Width, image.BoundingBox.Height);
            (width / height).ShouldBe((double)size.Width / size.Height, 0.01);
            left.ShouldBe((page.Width - width) / 2, 0.1);
            bottom.ShouldBe((page.Height - height) / 2, 0.1);
            Math.Min(left, bottom).ShouldBe(22.7, 0.1);
        }
    }

    [Fact]
    public void Pictures_are_JPEG_of_their_own_pixels_on_white()
    {
        using var clear = Image.FromColour(new Dimensions(60, 40), Colour.Transparent);
        using var gradient = SampleImages.Gradient(256, 192);

        using var document = Read(null, [clear.Encoded(), gradient.Encoded(), EncodedImage.FromMemory(SampleImages.WithOrientation(6))]);

        using var first = OpenPicture(document, 1);
        first.PixelAt(30, 20).ShouldBeNear(Colour.White);
        using var second = OpenPicture(document, 2);
        second.PixelAt(255, 96).ShouldBeNear(new Colour(255, 128, 64));
        second.PixelAt(10, 180).ShouldBeNear(new Colour(10, 240, 64));
        using var turned = OpenPicture(document, 3);
        turned.Size.ShouldBe(new Dimensions(32, 48));
    }

    [Theory]
    [InlineData("The last star over Haven", "The last star over Haven")]
    [InlineData("最後の星 · הכוכב האחרון · النجمة 🌟", "最後の星 · הכוכב האחרון · النجمة 🌟")]
    [InlineData(" Tom & <Jerry> \"x\" \0]]>\uFFFF", "Tom ＆ ＜Jerry＞ \"x\"  ]]＞ ")]
    public void The_title_is_told_in_any_script(string title, string told)
    {
        using var document = Read(title, [SampleImages.Opaque(30, 20).Encoded()]);

        document.Information.Title.ShouldBe(told);
        document.TryGetXmpMetadata(out var packet).ShouldBeTrue();
        XDocument.Parse(Encoding.UTF8.GetString(packet!.GetXmlBytes().ToArray())).Descendants(XName.Get("title", "http://purl.org/dc/elements/1.1/")).Single().Value.Trim().ShouldBe(told.Trim());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \n")]
    public void Without_a_title_there_is_none(string? title)
    {
        using var document = Read(title, [SampleImages.Opaque(30, 20).Encoded()]);

        document.Information.Title.ShouldBeNullOrEmpty();
    }

    [Fact]
    public void A_damaged_picture_is_reported_and_nothing_is_written()
    {
        using var noise = SampleImages.Noise(200, 200);
        ReadOnlyMemory<byte> intact = noise.Encode(SampleImages.Png);
        using var file = new MemoryStream();

        Should.Throw<UnreadableImageException>(() => PdfWriter.Write(
            [EncodedImage.FromMemory(intact), EncodedImage.FromMemory(intact[..(intact.Length / 2)])], null, file, TestContext.Current.CancellationToken));

        file.Length.ShouldBe(0);
    }

    [Fact]
    public void It_stops_when_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Should.Throw<OperationCanceledException>(() => PdfWriter.Write([SampleImages.Opaque(30, 20).Encoded()], null, Stream.Null, cancellation.Token));
    }

    [Fact]
    public void Nothing_is_compressed_but_pictures_as_the_library_writes_wrong_checksums()
    {
        using var file = new MemoryStream();

        PdfWriter.Write([SampleImages.Opaque(30, 20).Encoded()], "x", file, TestContext.Current.CancellationToken);

        Encoding.Latin1.GetString(file.ToArray()).ShouldNotContain("FlateDecode");
    }

    private static PdfDocument Read(string? title, IReadOnlyList<EncodedImage> pages)
    {
        using var file = new MemoryStream();
        PdfWriter.Write(pages, title, file, TestContext.Current.CancellationToken);
        return PdfDocument.Open(file.ToArray());
    }

    private static Image OpenPicture(PdfDocument document, int page)
    {
        var picture = document.GetPage(page).GetImages().Single();
        picture.ImageDictionary.Data["Filter"].ShouldBe(NameToken.DctDecode);
        using var image = Image.Open(EncodedImage.FromMemory(picture.RawMemory));
        return image.CopyToMemory();
    }
}
