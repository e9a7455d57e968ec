using System.Diagnostics;
using GptImage2.Imaging.Boards;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;
using GptImage2.Imaging.Previews;

namespace GptImage2.Imaging.Tests;

[Collection(nameof(NonParallel))]
public sealed class ResourceTests
{
    [Fact]
    public void Nothing_leaks_in_a_loop()
    {
        var image = SampleImages.Noise(400, 400, alpha: true).Encoded();
        Repeat(15);
        var before = Resident();

        Repeat(40);

        (Resident() - before).ShouldBeLessThan(16 << 20);

        void Repeat(int times)
        {
            for (var i = 0; i < times; i++)
            {
                _ = PreviewGenerator.Create(image, new PreviewOptions { MaxEdge = 200 });
                Should.Throw<UnreadableImageException>(() => Image.Open(EncodedImage.FromMemory(SampleImages.PngHeader(50_000, 50_000))));
                using var picture = Image.Open(image);
                Should.Throw<NotSupportedException>(() => picture.Save(new MemoryStream(new byte[10]), SampleImages.Png));
            }
        }
    }

    [Fact]
    public void A_board_holds_its_cells_and_none_of_its_images()
    {
        using var plain = Image.FromColour(new Dimensions(4000, 3000), Colour.White);
        var image = EncodedImage.FromMemory(plain.Encode(SampleImages.Png));
        using var board = new BoardRenderer(new BoardContent([.. Enumerable.Repeat(plain.Size, 16)]));
        board.Add(0, image);
        var before = Resident();

        for (var index = 1; index < 16; index++)
        {
            board.Add(index, image);
        }

        // The fifteen images are 540 MB of pixels, their cells 30 MB.
        (Resident() - before).ShouldBeLessThan(150 << 20);
    }

    [Fact]
    public void Many_threads_do_not_disturb_each_other() => Parallel.For(0, 48, i =>
    {
        var image = SampleImages.Opaque(100 + i, 80).Encoded(i % 2 == 0 ? ImageFormat.Png : ImageFormat.Jpeg);
        using var text = Image.FromText($"number {i}", new TextStyle());
        PreviewGenerator.Create(image, new PreviewOptions { MaxEdge = 50 + i }).Size.Width.ShouldBe(50 + i);
        Should.Throw<UnreadableImageException>(() => PreviewGenerator.Create(EncodedImage.FromMemory("GIF89a"u8.ToArray())));
    });

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
