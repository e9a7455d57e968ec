using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Tests.Codecs;

public sealed class ImageEncoderTests
{
    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void A_failing_stream_surfaces_as_its_own_failure(ImageFormat format)
    {
        using var image = SampleImages.Noise(400, 400);
        using var full = new FullStream();

        Should.Throw<IOException>(() => image.Save(full, new SaveOptions { Format = format })).Message.ShouldBe("disk full");
    }

    [Fact]
    public void Only_three_formats_are_written()
    {
        using var image = SampleImages.Opaque(4, 4);

        Should.Throw<ArgumentOutOfRangeException>(() => image.Encode(new SaveOptions { Format = ImageFormat.Gif }));
    }

    [Fact]
    public void Jpeg_shows_its_ground_through_transparency()
    {
        using var glass = Image.FromColour(new Dimensions(16, 16), Colour.Transparent);
        using var read = Image.Open(EncodedImage.FromMemory(glass.Encode(new SaveOptions { Format = ImageFormat.Jpeg, Background = new Colour(200, 10, 10) })));

        read.PixelAt(8, 8).ShouldBeNear(new Colour(200, 10, 10));
    }

    [Fact]
    public void No_metadata_goes_along()
    {
        using var image = Image.Open(EncodedImage.FromMemory(SampleImages.WithOrientation(6)));

        var info = ImageHeader.Read(EncodedImage.FromMemory(image.Encode(SampleImages.Png)));

        info.Orientation.ShouldBe(1);
        info.Size.ShouldBe(new Dimensions(32, 48));
    }

    [Fact]
    public void A_profile_goes_along_with_a_delivery_but_not_with_a_preview()
    {
        using var red = Image.FromColour(new Dimensions(16, 16), new Colour(255, 0, 0)).Flatten(Colour.White);
        using var wide = new Image(new VipsOperation("icc_transform").With("in", red.Native).With("input-profile", "srgb").With("output-profile", "p3").ToImage());

        var delivered = EncodedImage.FromMemory(wide.Encode(SampleImages.Png));
        var preview = EncodedImage.FromMemory(PreviewGenerator.Create(delivered).Bytes);

        ImageHeader.Read(delivered).HasProfile.ShouldBeTrue();
        ImageHeader.Read(preview).HasProfile.ShouldBeFalse();
        using var seen = Image.Open(preview);
        seen.PixelAt(8, 8).ShouldBeNear(new Colour(255, 0, 0));
    }

    private sealed class FullStream : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => 0;

        public override long Position { get; set; }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("disk full");
    }
}
