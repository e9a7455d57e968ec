using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests;

public sealed class ImageLimitsTests
{
    [Fact]
    public void A_huge_canvas_is_refused_from_its_header()
    {
        var bomb = EncodedImage.FromMemory(SampleImages.PngHeader(50_000, 50_000));

        var failure = Should.Throw<UnreadableImageException>(() => Image.Open(bomb));

        failure.Error.ShouldBe(ImageReadError.TooLarge);
        failure.Message.ShouldBe("expected at most 200,000,000 pixels but received 50000x50000");
    }

    [Fact]
    public void Too_many_frames_are_refused() =>
        Should.Throw<UnreadableImageException>(() => ImageHeader.Read(EncodedImage.FromMemory(SampleImages.Gif(5000))))
            .Message.ShouldStartWith("expected at most 4096 frames but received ");

    [Fact]
    public void Too_many_bytes_are_refused() =>
        Should.Throw<UnreadableImageException>(() => ImageHeader.Read(SampleImages.Noise(64, 64).Encoded().WithLimits(new ImageLimits { MaxBytes = 1000 })))
            .Error.ShouldBe(ImageReadError.TooLarge);

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void Shrinking_while_loading_does_not_slip_under_a_limit(ImageFormat format)
    {
        var image = SampleImages.Opaque(512, 512).Encoded(format).WithLimits(new ImageLimits { MaxPixels = 100_000 });

        Should.Throw<UnreadableImageException>(() => Image.OpenThumbnail(image, 32))
            .Error.ShouldBe(ImageReadError.TooLarge);
    }
}
