using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;

namespace GptImage2.Backends.Tests.OpenAI.StandIn;

/// <summary>The stand-in's eyes: pixels must come out as an encoder that shares nothing with it put them in.</summary>
public sealed class PngFileTests
{
    private static readonly Dimensions Size = new(13, 9);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Reads_what_libvips_writes_with_every_filter(int effort)
    {
        byte[] pixels = [.. Enumerable.Range(0, Size.Width * Size.Height * 4).Select(i => (byte)(i * i / 5 + i))];
        using var image = Image.FromPixels(Size, pixels);

        var read = PngFile.Read(image.Encode(new SaveOptions { Format = ImageFormat.Png, Effort = effort }));

        (read.Header.ColourType, read.Header.Depth, read.Header.HasAlpha).ShouldBe((6, 8, true));
        read.Decode().Rgba.ShouldBe(pixels);
    }

    [Fact]
    public void Reads_what_it_writes_itself()
    {
        byte[] pixels = [.. Enumerable.Range(0, Size.Width * Size.Height * 4).Select(i => (byte)(i * 3))];

        PngFile.Read(new PngPixels(Size, pixels).Encode(alpha: true)).Decode().Rgba.ShouldBe(pixels);
    }

    /// <summary>A few pixels each: interlaced grey of two bits, a palette with alpha, sixteen bits with a trace of alpha.</summary>
    [Theory]
    [InlineData(
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFAgAAAAGVs1EOAAAAFklEQVR42mNgAIMGIFRgKADDjQ1ABAAk3wTTQV6anAAAAABJRU5ErkJggg==",
        "0,0,0,255 85,85,85,255 170,170,170,255 255,255,255,255 0,0,0,255 "
        + "170,170,170,255 255,255,255,255 0,0,0,255 85,85,85,255 170,170,170,255 "
        + "0,0,0,255 85,85,85,255 170,170,170,255 255,255,255,255 0,0,0,255 "
        + "170,170,170,255 255,255,255,255 0,0,0,255 85,85,85,255 170,170,170,255 "
        + "0,0,0,255 85,85,85,255 170,170,170,255 255,255,255,255 0,0,0,255")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAMAAAABBAMAAADpzgmHAAAACVBMVEX/AAAA/wAAAP8tSs2KAAAAAnRSTlMAgJsrThgAAAALSURBVHicY2BUAAAAJQAieibwAgAAAABJRU5ErkJggg==", "255,0,0,0 0,255,0,128 0,0,255,255")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAQAAAAOu2tCAAAADklEQVR4nGNoYGRgACEABBUAhN47TgQAAAAASUVORK5CYII=", "128,128,128,0 1,1,1,1")]
    public void Reads_rarer_kinds_of_pixel(string file, string expected)
    {
        var pixels = PngFile.Read(Convert.FromBase64String(file)).Decode().Rgba;

        string.Join(' ', pixels.Chunk(4).Select(pixel => string.Join(',', pixel))).ShouldBe(expected);
    }
}
