using GptImage2.Imaging.Boards;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests.Boards;

public sealed class BoardRendererTests
{
    private static readonly Colour[] Colours = [new(200, 30, 30), new(30, 160, 30), new(30, 30, 200), new(220, 200, 40), new(150, 60, 180)];

    [Fact]
    public void Each_image_is_whole_in_its_own_cell_in_order()
    {
        var content = new BoardContent(Repeat(5));
        var layout = Arrange(content);

        using var board = Render(content, [.. Colours.Select(colour => Plain(300, 200, colour))]);

        board.Size.ShouldBe(layout.Size);
        board.HasAlpha.ShouldBeFalse();
        foreach (var (cell, colour) in layout.Tiles.Select(tile => tile.Cell).Zip(Colours))
        {
            foreach (var x in new[] { 0, cell.Size.Width / 2, cell.Size.Width - 1 })
            {
                board.PixelAt(cell.Left + x, cell.Top).ShouldBeNear(colour);
                board.PixelAt(cell.Left + x, cell.Top + cell.Size.Height - 1).ShouldBeNear(colour);
            }

            board.PixelAt(cell.Left - 1, cell.Top).ShouldBeNear(board.PixelAt(0, 0));
        }
    }

    [Fact]
    public void An_image_of_another_shape_is_centred_and_never_cropped()
    {
        var content = new BoardContent([new(300, 200), new(300, 200), new(100, 200)]);
        var cell = Arrange(content).Tiles[2].Cell;

        using var board = Render(content, [Plain(300, 200, Colours[0]), Plain(300, 200, Colours[1]), Plain(100, 200, Colours[2])]);

        var middle = cell.Left + (cell.Size.Width / 2);
        board.PixelAt(middle, cell.Top).ShouldBeNear(Colours[2]);
        board.PixelAt(middle, cell.Top + cell.Size.Height - 1).ShouldBeNear(Colours[2]);
        board.PixelAt(middle - 48, cell.Top + 50).ShouldBeNear(Colours[2]);
        board.PixelAt(middle + 48, cell.Top + 50).ShouldBeNear(Colours[2]);
        board.PixelAt(cell.Left, cell.Top).ShouldBeNear(board.PixelAt(cell.Left + cell.Size.Width - 1, cell.Top + cell.Size.Height - 1));
        board.PixelAt(cell.Left, cell.Top).ShouldNotBe(board.PixelAt(0, 0));
    }

    [Fact]
    public void What_is_transparent_shows_a_checkerboard()
    {
        using var clear = Image.FromColour(new Dimensions(300, 300), Colour.Transparent);
        var content = new BoardContent([new(300, 300)]);
        var cell = Arrange(content).Tiles[0].Cell;

        using var board = Render(content, [EncodedImage.FromMemory(clear.Encode(SampleImages.Png))]);

        board.PixelAt(cell.Left + 4, cell.Top + 4).ShouldBeNear(Colour.White);
        board.PixelAt(cell.Left + 20, cell.Top + 4).ShouldBeNear(new Colour(226, 228, 232));
    }

    [Fact]
    public void Numbers_captions_and_a_title_are_drawn_outside_the_cells()
    {
        var content = new BoardContent(Repeat(2)) { Captions = ["Before"], Title = "Two of them" };
        var layout = Arrange(content, titleLines: 1);

        using var board = Render(content, [Plain(300, 200, Colours[0]), Plain(300, 200, Colours[1])]);

        board.Size.ShouldBe(layout.Size);
        var (first, second) = (layout.Tiles[0].Cell, layout.Tiles[1].Cell);
        CountDark(board, first.Left, first.Top + first.Size.Height, 24, 40).ShouldBeGreaterThan(50);
        CountDark(board, second.Left, second.Top + second.Size.Height, 24, 40).ShouldBeGreaterThan(50);
        CountDark(board, first.Left + 40, first.Top + first.Size.Height, 200, 40).ShouldBeGreaterThan(50);
        CountDark(board, second.Left + 40, second.Top + second.Size.Height, 200, 40).ShouldBe(0);
        CountDark(board, 0, 0, board.Size.Width, first.Top).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_long_caption_takes_three_lines_and_a_row_as_many_as_its_longest()
    {
        var (words, sizes) = (string.Join(' ', Enumerable.Repeat("words", 500)), Repeat(4));
        var (none, one, three) = (Measure([]), Measure(["x", "x", "x", "x"]), Measure([words, "", "", ""]));

        one.ShouldBe(none);
        var line = (three - one) / 2;
        line.ShouldBeInRange(14, 30);
        Measure([words, words, "", ""]).ShouldBe(three);
        Measure([words, "x", "x", words]).ShouldBeInRange(three + (2 * line) - 2, three + (2 * line) + 2);

        int Measure(string[] captions) => BoardRenderer.Measure(new BoardContent(sizes) { Captions = captions }).Height;
    }

    [Theory]
    [InlineData("日本語のキャプション")]
    [InlineData("مرحبا بالعالم")]
    [InlineData("👩‍🚀 \uD83D <b>&amp;\0")]
    [InlineData("\n\n\n\n\n")]
    [InlineData("́̂̃")]
    public void Any_text_leaves_the_board_as_it_would_be_without(string text)
    {
        var content = new BoardContent(Repeat(1)) { Captions = [text], Title = text };

        using var board = Render(content, [Plain(300, 200, Colours[0])]);

        board.Size.ShouldBe(BoardRenderer.Measure(content));
        board.PixelAt(board.Size.Width / 2, board.Size.Height / 2).ShouldBeNear(Colours[0]);
    }

    [Fact]
    public void First_lines_stand_at_one_height_whatever_their_letters()
    {
        var text = new BoardText(40, Colour.Black);

        using var low = text.Render("nnn", 500, 1);
        using var high = text.Render("HHH", 500, 1);

        low.Size.Height.ShouldBe(high.Size.Height);
        text.CountLines("nnn", 500, 3).ShouldBe(1);
        text.CountLines("Åg\nÅg", 500, 3).ShouldBe(2);
        text.CountLines(" ", 500, 3).ShouldBe(0);
    }

    [Fact]
    public void A_damaged_image_is_reported_and_the_next_can_be_added()
    {
        using var board = new BoardRenderer(new BoardContent(Repeat(2)));
        using var noise = SampleImages.Noise(300, 200);
        ReadOnlyMemory<byte> intact = noise.Encode(SampleImages.Png);

        Should.Throw<UnreadableImageException>(() => board.Add(0, EncodedImage.FromMemory(intact[..(intact.Length / 2)])));
        board.Add(1, EncodedImage.FromMemory(intact));
    }

    private static BoardLayout Arrange(BoardContent content, int titleLines = 0) =>
        BoardLayout.Arrange(BoardGrid.Choose(content), [.. content.Sizes.Select(_ => 1)], titleLines);

    private static Image Render(BoardContent content, IReadOnlyList<EncodedImage> images)
    {
        using var renderer = new BoardRenderer(content);
        foreach (var (index, image) in images.Index())
        {
            renderer.Add(index, image);
        }

        using var board = renderer.Render();
        return board.CopyToMemory();
    }

    private static EncodedImage Plain(int width, int height, Colour colour)
    {
        using var plain = Image.FromColour(new Dimensions(width, height), colour);
        return EncodedImage.FromMemory(plain.Encode(SampleImages.Png));
    }

    private static Dimensions[] Repeat(int count) => [.. Enumerable.Repeat(new Dimensions(300, 200), count)];

    private static int CountDark(Image board, int left, int top, int width, int height)
    {
        using var part = board.Crop(left, top, new Dimensions(Math.Min(width, board.Size.Width - left), Math.Min(height, board.Size.Height - top)));
        return part.ToRgbaBytes().Chunk(4).Count(pixel => pixel[0] < 90 && pixel[1] < 90 && pixel[2] < 90);
    }
}
