using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;

namespace GptImage2.Imaging.Tests.Previews;

public sealed class PreviewGeneratorTests
{
    [Theory]
    [InlineData(false, 400_000)]
    [InlineData(false, 20_000)]
    [InlineData(false, PreviewOptions.MinBytes)]
    [InlineData(true, 100_000)]
    [InlineData(true, PreviewOptions.MinBytes)]
    public void Stays_under_its_budget_even_for_noise(bool alpha, int budget)
    {
        var preview = PreviewGenerator.Create(SampleImages.Noise(1024, 768, alpha).Encoded(), new PreviewOptions { MaxBytes = budget });

        preview.Bytes.Length.ShouldBeLessThanOrEqualTo(budget);
        preview.Format.ShouldBe(alpha ? ImageFormat.Webp : ImageFormat.Jpeg);
        ImageHeader.Read(EncodedImage.FromMemory(preview.Bytes)).Size.ShouldBe(preview.Size);
    }

    [Fact]
    public void An_alpha_channel_that_hides_nothing_does_not_count() =>
        PreviewGenerator.Create(SampleImages.Gradient(64, 64).Encoded()).Format.ShouldBe(ImageFormat.Jpeg);

    [Fact]
    public void Fits_the_edge() =>
        PreviewGenerator.Create(SampleImages.Opaque(1000, 500).Encoded(), new PreviewOptions { MaxEdge = 300 }).Size.ShouldBe(new Dimensions(300, 150));

    [Fact]
    public void Has_the_size_that_is_foretold_within_what_hosts_show()
    {
        var random = new Random(11);
        for (var round = 0; round < 60; round++)
        {
            var size = round % 2 is 0 ? new Dimensions(random.Next(1, 4000), random.Next(1, 700)) : new Dimensions(random.Next(1, 1800), random.Next(1, 2500));
            var format = round % 3 is 0 ? ImageFormat.Jpeg : ImageFormat.Png;
            using var plain = Image.FromColour(size, Colour.White);
            var image = EncodedImage.FromMemory(plain.Encode(new SaveOptions { Format = format }));
            var edge = round % 4 is 0 ? random.Next(64, PreviewOptions.DefaultMaxEdge) : PreviewOptions.DefaultMaxEdge;

            var shown = PreviewGenerator.Create(image, new PreviewOptions { MaxEdge = edge }).Size;

            shown.ShouldBe(PreviewOptions.FitWithin(size, edge), $"{size} {format} at {edge}");
            shown.PixelCount.ShouldBeLessThanOrEqualTo(PreviewOptions.MaxPixels);
            Math.Max(shown.Width, shown.Height).ShouldBeLessThanOrEqualTo(edge);
        }
    }

    [Theory]
    [InlineData(100, 60, null, 4)]
    [InlineData(384, 256, null, 2)]
    [InlineData(600, 100, null, 1)]
    [InlineData(100, 60, 850, 8)]
    [InlineData(100, 60, 64, 1)]
    [InlineData(400, 400, 1568, 2)]
    public void A_detail_is_enlarged_by_a_whole_number(int width, int height, int? edge, int factor) =>
        PreviewOptions.ChooseEnlargement(new Dimensions(width, height), edge).ShouldBe(factor);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_crop_counts_in_the_upright_original(int orientation)
    {
        var turned = EncodedImage.FromMemory(SampleImages.WithOrientation(orientation));
        using var upright = Image.Open(turned);
        var area = new PixelArea(3, 8, new Dimensions(20, 10));

        var preview = PreviewGenerator.Create(turned, new PreviewOptions { Crop = area });

        using var seen = Image.Open(EncodedImage.FromMemory(preview.Bytes));
        seen.Size.ShouldBe(area.Size);
        seen.PixelAt(10, 5).ShouldBeNear(upright.PixelAt(13, 13), 16);
    }

    [Fact]
    public void A_crop_outside_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() =>
        PreviewGenerator.Create(SampleImages.Opaque(10, 10).Encoded(), new PreviewOptions { Crop = new PixelArea(5, 5, new Dimensions(6, 1)) }));
}
