using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Export;
using GptImage2.Imaging.Vips;
using SixLabors.ImageSharp.PixelFormats;

namespace GptImage2.Imaging.Tests.Export;

public sealed class AnimatedWebpTests
{
    private static readonly Colour Red = new(200, 40, 40);
    private static readonly Colour Green = new(40, 160, 60);
    private static readonly Colour Blue = new(40, 60, 200);

    [Fact]
    public void Frames_are_whole_in_order_and_last_their_milliseconds()
    {
        using var animation = Read(new Dimensions(320, 180), (Plain(600, 338, Red), 3000), (Plain(100, 100, Green), 1501), (Plain(40, 160, Blue), 11));

        animation.Size.ShouldBe(new Dimensions(320, 3 * 180));
        animation.PixelAt(2, 2).ShouldBeNear(Red);
        animation.PixelAt(317, 177).ShouldBeNear(Red);
        animation.PixelAt(160, 180 + 2).ShouldBeNear(Green);
        animation.PixelAt(160, 180 + 177).ShouldBeNear(Green);
        animation.PixelAt(76, 180 + 90).ShouldBeNear(Green);
        animation.PixelAt(60, 180 + 90).ShouldBeNear(new Colour(0x14, 0x16, 0x1A));
        animation.PixelAt(160, 360 + 2).ShouldBeNear(Blue);
        animation.PixelAt(130, 360 + 90).ShouldBeNear(new Colour(0x14, 0x16, 0x1A));
    }

    [Fact]
    public void An_independent_decoder_reads_the_first_frame()
    {
        using var noise = SampleImages.Opaque(64, 48);
        var frame = ReadChunks(Write(new Dimensions(64, 48), (noise.Encoded(), 1000), (Plain(64, 48, Red), 1000))).First(chunk => chunk.Name is "ANMF").Data[16..];

        using var image = SixLabors.ImageSharp.Image.Load<Rgba32>([.. "RIFF"u8, .. BitConverter.GetBytes(frame.Length + 4), .. "WEBP"u8, .. frame]);

        (image.Width, image.Height).ShouldBe((64, 48));
        new Colour(image[60, 4].R, image[60, 4].G, image[60, 4].B).ShouldBeNear(new Colour(243, 22, 64), tolerance: 12);
    }

    [Fact]
    public void Durations_are_those_asked_for_and_it_loops_for_ever()
    {
        var file = Write(new Dimensions(64, 64), (Plain(64, 64, Red), 3000), (Plain(64, 64, Green), 1501), (Plain(64, 64, Blue), 11), (Plain(64, 64, Red), 16_777_215));

        ReadDurations(file).ShouldBe([3000, 1501, 11, 16_777_215]);
        ReadChunks(file).Single(chunk => chunk.Name is "ANIM").Data[4..6].ShouldBe("\0\0"u8.ToArray());
    }

    [Fact]
    public void Grey_deep_turned_and_transparent_images_and_photographs_are_frames_alike()
    {
        using var grey = SampleImages.Opaque(90, 60).Encoded(ImageFormat.Jpeg);
        using var clear = Image.FromColour(new Dimensions(30, 30), Colour.Transparent).Encoded();
        var turned = EncodedImage.FromMemory(SampleImages.WithOrientation(6));

        using var animation = Read(new Dimensions(96, 64), (grey, 100), (clear, 100), (turned, 100), (SampleImages.Noise(3000, 2000).Encoded(), 100));

        animation.Size.ShouldBe(new Dimensions(96, 4 * 64));
        animation.PixelAt(48, 64 + 32).ShouldBeNear(new Colour(0x14, 0x16, 0x1A));
        animation.PixelAt(10, 128 + 32).ShouldBeNear(new Colour(0x14, 0x16, 0x1A), tolerance: 10);
    }

    [Fact]
    public void A_damaged_frame_is_reported()
    {
        using var noise = SampleImages.Noise(200, 200);
        ReadOnlyMemory<byte> intact = noise.Encode(SampleImages.Png);

        Should.Throw<UnreadableImageException>(() => Write(new Dimensions(64, 64), (Plain(64, 64, Red), 100), (EncodedImage.FromMemory(intact[..(intact.Length / 2)]), 100)));
    }

    [Fact]
    public void What_the_stream_throws_comes_back_unchanged() => Should.Throw<IOException>(() =>
        AnimatedWebp.Write([(Plain(64, 64, Red), TimeSpan.FromSeconds(1))], new Dimensions(64, 64), new FullStream(), TestContext.Current.CancellationToken)).Message.ShouldBe("full");

    [Fact]
    public void It_stops_when_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Should.Throw<OperationCanceledException>(() => AnimatedWebp.Write([(Plain(64, 64, Red), TimeSpan.FromSeconds(1))], new Dimensions(64, 64), Stream.Null, cancellation.Token));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(16_777_216)]
    public void Durations_that_cannot_be_written_are_refused(int milliseconds) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Write(new Dimensions(64, 64), (Plain(64, 64, Red), milliseconds)));

    /// <summary>All frames as they show, one below the other.</summary>
    private static Image Read(Dimensions size, params (EncodedImage Image, int Milliseconds)[] frames)
    {
        using var source = VipsSource.FromMemory(Write(size, frames));
        using var all = new Image(new VipsOperation("webpload_source").With("source", source).With("n", -1).ToImage());
        return all.CopyToMemory();
    }

    private static byte[] Write(Dimensions size, params (EncodedImage Image, int Milliseconds)[] frames)
    {
        using var file = new MemoryStream();
        AnimatedWebp.Write([.. frames.Select(frame => (frame.Image, TimeSpan.FromMilliseconds(frame.Milliseconds)))], size, file, TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    /// <summary>RFC 9649, 2.7.1.2: 24 bits in the header of a frame.</summary>
    private static int[] ReadDurations(byte[] file) =>
        [.. ReadChunks(file).Where(chunk => chunk.Name is "ANMF").Select(chunk => chunk.Data[12] | (chunk.Data[13] << 8) | (chunk.Data[14] << 16))];

    private static IEnumerable<(string Name, byte[] Data)> ReadChunks(byte[] file)
    {
        for (var at = 12; at < file.Length;)
        {
            var length = BitConverter.ToInt32(file, at + 4);
            yield return (System.Text.Encoding.ASCII.GetString(file, at, 4), file[(at + 8)..(at + 8 + length)]);
            at += 8 + length + (length & 1);
        }
    }

    private static EncodedImage Plain(int width, int height, Colour colour) => Image.FromColour(new Dimensions(width, height), colour).Encoded();

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("full");
    }
}
