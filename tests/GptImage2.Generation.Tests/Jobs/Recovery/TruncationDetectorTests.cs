using System.Buffers.Binary;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Tests.Jobs.Recovery;

public sealed class TruncationDetectorTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public static TheoryData<string> Kinds() => ["png", "jpeg", "jpeg of a camera", "webp", "gif", "avif", "avif with a long box"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_image_is_whole_at_its_end_and_nowhere_before(string kind)
    {
        var image = Create(kind);

        TruncationDetector.IsComplete(new MemoryStream(image)).ShouldBeTrue();
        for (var length = 0; length < image.Length; length++)
        {
            TruncationDetector.IsComplete(new MemoryStream(image, 0, length)).ShouldBeFalse($"after {length} of {image.Length} bytes");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Bad gateway</html>")]
    public void What_is_no_image_is_never_whole(string text)
    {
        Directory.CreateDirectory(_temp.Path);
        var path = Path.Combine(_temp.Path, "file");
        File.WriteAllText(path, text);

        TruncationDetector.IsComplete(path).ShouldBeFalse();
    }

    [Fact]
    public void Looks_into_files_that_somebody_holds_open()
    {
        Directory.CreateDirectory(_temp.Path);
        var path = Path.Combine(_temp.Path, "file");
        File.WriteAllBytes(path, TinyImages.Png(2, 3));
        using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);

        TruncationDetector.IsComplete(path).ShouldBeTrue();
    }

    public void Dispose() => _temp.Dispose();

    private static byte[] Create(string kind) => kind switch
    {
        "png" => TinyImages.Png(2, 3),
        "gif" => TinyImages.Gif,
        "jpeg" => Encode(ImageFormat.Jpeg),
        "jpeg of a camera" => WithThumbnail(Encode(ImageFormat.Jpeg)),
        "webp" => Encode(ImageFormat.Webp),
        "avif" => [.. Box("ftyp", "avif\0\0\0\0avif"u8), .. Box("meta", new byte[40]), .. Box("mdat", new byte[30])],
        _ => [.. Box("ftyp", "avif\0\0\0\0avif"u8), .. Box("meta", new byte[40]), 0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, 20, 1, 2, 3, 4],
    };

    private static byte[] Encode(ImageFormat format)
    {
        using var image = Image.FromPixels(new Dimensions(8, 8), [.. Enumerable.Range(0, 256).Select(value => (byte)(value * 37))]);
        using var flat = image.Flatten(Colour.White);
        return flat.Encode(new SaveOptions { Format = format });
    }

    /// <summary>Its small image ends as the large one does.</summary>
    private static byte[] WithThumbnail(byte[] jpeg)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. jpeg];
        byte[] segment = [0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif];
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    private static byte[] Box(string type, ReadOnlySpan<byte> content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        System.Text.Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        content.CopyTo(box.AsSpan(8));
        return box;
    }
}
