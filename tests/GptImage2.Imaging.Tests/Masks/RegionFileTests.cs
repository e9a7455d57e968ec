using GptImage2.Imaging.Masks;

namespace GptImage2.Imaging.Tests.Masks;

public sealed class RegionFileTests
{
    private static readonly Dimensions Image = new(60, 40);

    public static TheoryData<RegionMask> Regions() =>
    [
        RegionMask.FromShapes(Image, [new RegionShape.Rectangle(3, 4, 1, 1)]),
        RegionMask.FromShapes(Image, [new RegionShape.Ellipse(10, 5, 40, 30)]),
        RegionMask.FromShapes(Image, [new RegionShape.Ellipse(10, 5, 40, 30)], invert: true),
        RegionMask.FromShapes(Image, [new RegionShape.Rectangle(0, 0, 60, 40)]),
        RegionMask.FromPixels(Image, Areas.Whole(Image), Noise(Image)),
    ];

    [Theory]
    [MemberData(nameof(Regions), DisableDiscoveryEnumeration = true)]
    public void A_region_is_read_as_it_was_written(RegionMask region)
    {
        var read = RegionFile.Read(EncodedImage.FromMemory(Written(region)), Image, region.Bounds);

        read.Bounds.ShouldBe(region.Bounds);
        read.Marks(Areas.Whole(Image)).ShouldBe(region.Marks(Areas.Whole(Image)));
    }

    [Fact]
    public void The_same_region_is_the_same_file()
    {
        var region = RegionMask.FromPixels(Image, Areas.Whole(Image), Noise(Image));

        Written(region).ShouldBe(Written(region));
    }

    [Fact]
    public void What_is_damaged_or_belongs_elsewhere_is_refused()
    {
        var region = RegionMask.FromPixels(Image, Areas.Whole(Image), Noise(Image));
        var written = Written(region);

        Refused(written[..(written.Length / 2)], Image, region.Bounds);
        Refused(written, Image, new PixelArea(0, 0, new Dimensions(60, 39)));
        Refused(written, new Dimensions(59, 40), region.Bounds);
    }

    private static void Refused(byte[] written, Dimensions image, PixelArea bounds) =>
        Should.Throw<UnreadableImageException>(() => RegionFile.Read(EncodedImage.FromMemory(written), image, bounds)).Problem.ShouldBe(ImageProblem.Damaged);

    private static byte[] Written(RegionMask region)
    {
        using var png = new MemoryStream();
        RegionFile.Write(region, png);
        return png.ToArray();
    }

    private static byte[] Noise(Dimensions size)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, (int)size.Pixels).Select(_ => (byte)random.Next(2))];
    }
}
