namespace GptImage2.Imaging.Tests;

public sealed class ContactSheetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(16)]
    public void Shows_every_image_within_edge_and_budget(int count)
    {
        var images = Enumerable.Range(0, count).Select(i => Samples.Gradient(300 + (i * 20), 200, (byte)(255 - (i % 2 * 120))).Encoded());

        var sheet = ContactSheet.Make([.. images], maxEdge: 800, maxBytes: 60_000);

        sheet.Bytes.Length.ShouldBeLessThanOrEqualTo(60_000);
        Math.Max(sheet.Size.Width, sheet.Size.Height).ShouldBeLessThanOrEqualTo(800);
    }

    [Fact]
    public void Takes_images_of_any_shape()
    {
        EncodedImage[] images = [Samples.Opaque(1, 1).Encoded(), Samples.Opaque(2000, 10).Encoded(), Samples.Opaque(10, 2000).Encoded()];

        ContactSheet.Make(images).Format.ShouldBe(ImageFormat.Jpeg);
    }

    [Fact]
    public void Uses_the_room_for_pictures()
    {
        SheetLayout.For([.. Enumerable.Repeat(new Dimensions(1024, 1024), 4)], 1568).Columns.ShouldBe(2);
        SheetLayout.For([.. Enumerable.Repeat(new Dimensions(1536, 1024), 2)], 1568).Columns.ShouldBe(1);
        SheetLayout.For([.. Enumerable.Repeat(new Dimensions(1024, 1536), 2)], 1568).Columns.ShouldBe(2);
    }
}
