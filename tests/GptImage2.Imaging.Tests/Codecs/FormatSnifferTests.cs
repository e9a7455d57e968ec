using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests.Codecs;

public sealed class FormatSnifferTests
{
    public static TheoryData<byte[], ImageFormat> Heads => new()
    {
        { [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], ImageFormat.Png },
        { [0xFF, 0xD8, 0xFF, 0xE0], ImageFormat.Jpeg },
        { "RIFF\0\0\0\0WEBPVP8 "u8.ToArray(), ImageFormat.Webp },
        { "GIF87a"u8.ToArray(), ImageFormat.Gif },
        { "II*\0"u8.ToArray(), ImageFormat.Tiff },
        { "MM\0*"u8.ToArray(), ImageFormat.Tiff },
        { [0, 0, 0, 32, .. "ftypavif"u8], ImageFormat.Avif },
        { [0, 0, 0, 32, .. "ftypheic"u8], ImageFormat.Heif },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Knows_each_format(byte[] head, ImageFormat format) => FormatSniffer.Detect(head).ShouldBe(format);

    [Fact]
    public void Knows_nothing_from_a_beginning_of_a_beginning()
    {
        foreach (var row in Heads)
        {
            FormatSniffer.Detect(row.Data.Item1.AsSpan(0, 2)).ShouldBeNull();
        }
    }
}
