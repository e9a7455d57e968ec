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
