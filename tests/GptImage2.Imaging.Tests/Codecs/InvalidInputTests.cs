using FsCheck;
using FsCheck.Fluent;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Tests.Codecs;

public sealed class InvalidInputTests
{
    [Theory]
    [InlineData("", "no bytes at all")]
    [InlineData("%PDF-1.7", "a PDF")]
    [InlineData("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG")]
    [InlineData("<!DOCTYPE html><html>", "an HTML page")]
    [InlineData("data:image/png;base64,iVBO", "the text of a data: URI")]
    [InlineData("hello", "bytes of another kind")]
    public void What_is_no_image_is_named(string text, string name)
    {
        var failure = Should.Throw<UnreadableImageException>(() => Image.Open(EncodedImage.FromMemory(Encoding.UTF8.GetBytes(text))));

        failure.Error.ShouldBe(ImageReadError.NotAnImage);
        failure.Message.ShouldBe($"expected a PNG, JPEG, WebP, GIF, AVIF/HEIC or TIFF image but received {name}");
    }

    [Fact]
    public void Loaders_that_are_not_safe_do_not_run()
    {
        using var sound = VipsSource.FromMemory("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray());

        Should.Throw<VipsException>(() => new VipsOperation("svgload_source").With("source", sound).ToImage());
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    public void A_file_cut_short_is_damaged_not_grey(ImageFormat format)
    {
        using var noise = SampleImages.Noise(300, 300);
        var bytes = noise.Encode(new SaveOptions { Format = format });
        var cut = EncodedImage.FromMemory(bytes.AsMemory(0, bytes.Length / 2));

        var failure = Should.Throw<UnreadableImageException>(() => PreviewGenerator.Create(cut));

        failure.Error.ShouldBe(ImageReadError.Damaged);
        failure.Message.ShouldBe("expected an intact image but received one that is damaged or cut short");
    }

    [Fact]
    public void HEIC_is_explained()
    {
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8];

        Should.Throw<UnreadableImageException>(() => ImageHeader.Read(EncodedImage.FromMemory(heic))).Error.ShouldBe(ImageReadError.Unsupported);
    }

    [Fact]
    public void A_missing_file_is_an_IO_failure() =>
        Should.Throw<IOException>(() => Image.Open(EncodedImage.FromFile(Path.Combine(AppContext.BaseDirectory, "gone.png"))));

    [Fact]
    public void Garbage_of_any_length_is_refused_in_words()
    {
        byte[][] starts = [[], [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF], "RIFF1234WEBP"u8.ToArray(), "GIF89a"u8.ToArray(), "II*\0"u8.ToArray(), [0, 0, 0, 24, .. "ftypavif"u8]];
        var garbage =
            from start in Gen.Elements(starts)
            from bytes in Gen.ArrayOf(Gen.Choose(0, 255))
            select (byte[])[.. start, .. bytes.Select(value => (byte)value)];

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(400).WithQuietOnSuccess(true),
            Prop.ForAll(garbage.ToArbitrary(), bytes => Refuses(bytes)));
    }

    private static bool Refuses(byte[] bytes)
    {
        try
        {
            _ = PreviewGenerator.Create(EncodedImage.FromMemory(bytes));
            return false;
        }
        catch (UnreadableImageException exception)
        {
            return exception.Message.StartsWith("expected ", StringComparison.Ordinal);
        }
    }
}
