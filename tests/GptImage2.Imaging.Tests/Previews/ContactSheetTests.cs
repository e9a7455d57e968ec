using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;

namespace GptImage2.Imaging.Tests.Previews;

public sealed class ContactSheetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(36)]
    public void Shows_every_image_within_edge_and_budget(int count)
    {
        var images = Enumerable.Range(0, count).Select(i => SampleImages.Gradient(300 + (i * 20), 200, (byte)(255 - (i % 2 * 120))).Encoded());

        var sheet = ContactSheet.Create([.. images], maxEdge: 800, maxBytes: 60_000);

        sheet.Bytes.Length.ShouldBeLessThanOrEqualTo(60_000);
        Math.Max(sheet.Size.Width, sheet.Size.Height).ShouldBeLessThanOrEqualTo(800);
    }

    [Fact]
    public void Takes_images_of_any_shape()
    {
        EncodedImage[] images = [SampleImages.Opaque(1, 1).Encoded(), SampleImages.Opaque(2000, 10).Encoded(), SampleImages.Opaque(10, 2000).Encoded()];

        ContactSheet.Create(images).Format.ShouldBe(ImageFormat.Jpeg);
    }

    [Theory]
    [InlineData(4, 1024, 1024, 2)]
    [InlineData(2, 1536, 1024, 2)]
    [InlineData(2, 1024, 1536, 1)]
    [InlineData(9, 1536, 1024, 3)]
    public void Uses_the_room_for_images(int count, int width, int height, int rows) =>
        ContactSheetLayout.Calculate([.. Enumerable.Repeat(new Dimensions(width, height), count)], 1568)
            .Frames.DistinctBy(frame => frame.Top).Count().ShouldBe(rows);

    [Fact]
    public void Frames_stay_inside_and_apart()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            Dimensions[] sizes = [.. Enumerable.Range(0, 1 + (round % ContactSheet.MaxImages)).Select(_ => new Dimensions(random.Next(1, 4000), random.Next(1, 4000)))];

            var layout = ContactSheetLayout.Calculate(sizes, 256 + (round * 8));

            Math.Max(layout.Sheet.Width, layout.Sheet.Height).ShouldBeLessThanOrEqualTo(256 + (round * 8));
            layout.Sheet.PixelCount.ShouldBeLessThanOrEqualTo(PreviewOptions.MaxPixels);
            layout.Frames.ShouldAllBe(frame => frame.IsInside(layout.Sheet));
            layout.Frames.Zip(layout.Frames.Skip(1)).ShouldAllBe(pair =>
                pair.First.Left + pair.First.Size.Width < pair.Second.Left || pair.First.Top + pair.First.Size.Height < pair.Second.Top);
        }
    }
}
