using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Tests.Codecs;

/// <summary>Files that were opened by somebody else.</summary>
public sealed class FileHandleTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Theory]
    [InlineData("pngsave")]
    [InlineData("jpegsave")]
    [InlineData("webpsave")]
    [InlineData("gifsave")]
    [InlineData("tiffsave")]
    [InlineData("heifsave")]
    public void Are_read_like_the_same_bytes_in_memory(string saver)
    {
        using var noise = SampleImages.Noise(150, 100);
        var save = new VipsOperation(saver).With("in", noise.Native).With("filename", _path);
        (saver is "heifsave" ? save.WithEnum("compression", "av1") : save).Run();
        var bytes = File.ReadAllBytes(_path);
        using var image = EncodedImage.FromHandle(File.OpenHandle(_path));

        ImageHeader.Read(image).ShouldBe(ImageHeader.Read(EncodedImage.FromMemory(bytes)));
        using var fromMemory = Image.Open(EncodedImage.FromMemory(bytes));
        using var fromHandle = Image.Open(image);
        fromHandle.ToRgbaBytes().ShouldBe(fromMemory.ToRgbaBytes());
        image.Length.ShouldBe(bytes.Length);
    }

    [Fact]
    public void Serve_many_readers_at_once_each_from_a_position_of_its_own()
    {
        using var noise = SampleImages.Noise(200, 150);
        var bytes = noise.Encode(SampleImages.Png);
        var pixels = noise.ToRgbaBytes();
        using var image = Opened(bytes);

        Parallel.For(0, 16, i =>
        {
            using var picture = Image.Open(image, access: i % 2 is 0 ? PixelAccess.Random : PixelAccess.Sequential);
            using var stream = image.OpenRead();
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.ToArray().ShouldBe(bytes);
            picture.ToRgbaBytes().ShouldBe(pixels);
        });
    }

    [Fact]
    public void Stay_open_until_the_last_image_is_gone_and_no_longer()
    {
        using var noise = SampleImages.Noise(200, 150);
        File.WriteAllBytes(_path, noise.Encode(SampleImages.Png));
        var file = File.OpenHandle(_path);
        var picture = Image.Open(EncodedImage.FromHandle(file), access: PixelAccess.Sequential);

        file.Dispose();

        IsOpen().ShouldBe(OperatingSystem.IsLinux());
        picture.ToRgbaBytes().ShouldBe(noise.ToRgbaBytes());
        picture.Dispose();
        IsOpen().ShouldBeFalse();
    }

    [Fact]
    public void Lead_back_to_what_was_opened_whatever_has_its_name_now()
    {
        using var noise = SampleImages.Noise(40, 30);
        using var image = Opened(noise.Encode(SampleImages.Png));

        File.Delete(_path);
        File.WriteAllText(_path, "another file");

        using var picture = Image.Open(image);
        picture.ToRgbaBytes().ShouldBe(noise.ToRgbaBytes());
    }

    [Fact]
    public void That_shrink_are_damaged()
    {
        using var noise = SampleImages.Noise(300, 300);
        using var image = Opened(noise.Encode(SampleImages.Png));
        using var picture = Image.Open(image, access: PixelAccess.Sequential);

        File.WriteAllBytes(_path, File.ReadAllBytes(_path)[..9_000]);

        Should.Throw<UnreadableImageException>(picture.ToRgbaBytes).Error.ShouldBe(ImageReadError.Damaged);
    }

    [Fact]
    public async Task Can_be_read_from_anywhere_as_a_stream()
    {
        using var image = Opened([1, 2, 3, 4, 5]);
        await using var stream = image.OpenRead();
        var buffer = new byte[2];

        stream.Seek(-2, SeekOrigin.End).ShouldBe(3);
        (await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBe(2);
        buffer.ShouldBe([4, 5]);
        (await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBe(0);
        stream.Position = 1;
        stream.ReadByte().ShouldBe(2);
        Should.Throw<IOException>(() => stream.Seek(-9, SeekOrigin.Current));
    }

    public void Dispose() => File.Delete(_path);

    private EncodedImage Opened(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        return EncodedImage.FromHandle(File.OpenHandle(_path));
    }

    private bool IsOpen() => OperatingSystem.IsLinux() && new DirectoryInfo("/proc/self/fd").EnumerateFiles().Any(file => file.LinkTarget == _path);
}
