using GptImage2.Imaging.Codecs;
using SixLabors.ImageSharp.PixelFormats;

namespace GptImage2.Imaging.Tests.Codecs;

/// <summary>What we encode and decode is held against ImageSharp, which shares nothing with libvips.</summary>
public sealed class IndependentDecoderTests
{
    [Theory]
    [InlineData(ImageFormat.Png, false)]
    [InlineData(ImageFormat.Png, true)]
    [InlineData(ImageFormat.Webp, false)]
    [InlineData(ImageFormat.Webp, true)]
    public void Lossless_files_decode_to_the_very_pixels(ImageFormat format, bool alpha)
    {
        using var noise = SampleImages.Noise(97, 61, alpha);
        var file = noise.Encode(new SaveOptions { Format = format, Lossless = true });

        DecodeIndependently(file).ShouldBe(noise.ToRgbaBytes());
        Decode(file).ShouldBe(noise.ToRgbaBytes());
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg, 6)]
    [InlineData(ImageFormat.Webp, 0)]
    public void Lossy_files_decode_alike(ImageFormat format, int tolerance)
    {
        using var smooth = SampleImages.Opaque(256, 192);
        var file = smooth.Encode(new SaveOptions { Format = format });

        DecodeIndependently(file).Zip(Decode(file), (one, other) => Math.Abs(one - other)).Max().ShouldBeLessThanOrEqualTo(tolerance);
    }

    private static byte[] Decode(byte[] file)
    {
        using var image = Image.Open(EncodedImage.FromMemory(file));
        return image.ToRgbaBytes();
    }

    private static byte[] DecodeIndependently(byte[] file)
    {
        using var image = SixLabors.ImageSharp.Image.Load<Rgba32>(file);
        var rgba = new byte[image.Width * image.Height * 4];
        image.CopyPixelDataTo(rgba);
        return rgba;
    }
}
