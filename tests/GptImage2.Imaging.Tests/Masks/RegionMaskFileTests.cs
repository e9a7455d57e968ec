using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Masks;
using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Tests.Masks;

public sealed class RegionMaskFileTests
{
    private static readonly Dimensions ImageSize = new(60, 40);

    public static TheoryData<RegionMask> Regions() =>
    [
        RegionMask.FromShapes(ImageSize, [new RegionShape.Rectangle(3, 4, 1, 1)]),
        RegionMask.FromShapes(ImageSize, [new RegionShape.Ellipse(10, 5, 40, 30)]),
        RegionMask.FromShapes(ImageSize, [new RegionShape.Ellipse(10, 5, 40, 30)], invert: true),
        RegionMask.FromShapes(ImageSize, [new RegionShape.Rectangle(0, 0, 60, 40)]),
        RegionMask.FromPixels(ImageSize, PixelArea.FromSize(ImageSize), Noise(ImageSize)),
    ];

    [Theory]
    [MemberData(nameof(Regions), DisableDiscoveryEnumeration = true)]
    public void A_region_is_read_as_it_was_written(RegionMask region)
    {
        var read = RegionMaskFile.Read(EncodedImage.FromMemory(Written(region)), ImageSize, region.Bounds);

        read.Bounds.ShouldBe(region.Bounds);
        read.GetMask(PixelArea.FromSize(ImageSize)).ShouldBe(region.GetMask(PixelArea.FromSize(ImageSize)));
    }

    [Fact]
    public void The_same_region_is_the_same_file()
    {
        var region = RegionMask.FromPixels(ImageSize, PixelArea.FromSize(ImageSize), Noise(ImageSize));

        Written(region).ShouldBe(Written(region));
    }

    [Fact]
    public void What_is_damaged_or_belongs_elsewhere_is_refused()
    {
        var region = RegionMask.FromPixels(ImageSize, PixelArea.FromSize(ImageSize), Noise(ImageSize));
        var written = Written(region);

        Refused(written[..(written.Length / 2)], ImageSize, region.Bounds);
        Refused(written, ImageSize, new PixelArea(0, 0, new Dimensions(60, 39)));
        Refused(written, new Dimensions(59, 40), region.Bounds);
    }

    private static void Refused(byte[] written, Dimensions image, PixelArea bounds) =>
        Should.Throw<UnreadableImageException>(() => RegionMaskFile.Read(EncodedImage.FromMemory(written), image, bounds)).Error.ShouldBe(ImageReadError.Damaged);

    private static byte[] Written(RegionMask region)
    {
        using var png = new MemoryStream();
        RegionMaskFile.Write(region, png);
        return png.ToArray();
    }

    private static byte[] Noise(Dimensions size)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, (int)size.PixelCount).Select(_ => (byte)random.Next(2))];
    }
}
