using GptImage2.Imaging.Boards;

namespace GptImage2.Imaging.Tests.Boards;

public sealed class BoardLayoutTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 2)]
    [InlineData(5, 3)]
    [InlineData(6, 3)]
    [InlineData(7, 4)]
    [InlineData(8, 4)]
    [InlineData(9, 3)]
    [InlineData(10, 5)]
    [InlineData(12, 4)]
    [InlineData(24, 6)]
    public void Wide_frames_form_a_grid_with_few_gaps(int count, int columns) => Choose(Repeat(1824, 1024, count)).Columns.ShouldBe(columns);

    [Theory]
    [InlineData(864, 1536, 4, 4)]
    [InlineData(864, 1536, 6, 3)]
    [InlineData(2400, 600, 3, 1)]
    [InlineData(2400, 600, 6, 2)]
    public void Tall_images_get_more_columns_and_banners_more_rows(int width, int height, int count, int columns) =>
        Choose(Repeat(width, height, count)).Columns.ShouldBe(columns);

    [Theory]
    [InlineData(2, 2)]
    [InlineData(9, 5)]
    public void Columns_that_are_asked_for_are_used_but_none_stays_empty(int columns, int used) =>
        BoardGrid.Choose(new BoardContent(Repeat(100, 100, 5)) { Columns = columns }).Columns.ShouldBe(used);

    [Fact]
    public void Cells_have_the_ratio_of_most_images_else_of_the_first()
    {
        Choose([new(1000, 1000), new(1536, 1024), new(300, 200)]).Cell.ShouldBe(new Dimensions(1024, 683));
        Choose([new(1000, 1000), new(1536, 1024)]).Cell.ShouldBe(new Dimensions(1024, 1024));
    }

    [Theory]
    [InlineData(3840, 1024)]
    [InlineData(700, 700)]
    [InlineData(16, 256)]
    public void Cells_are_as_large_as_the_largest_image_within_limits(int image, int cell) =>
        Choose([new(image, image), new(10, 10)]).Cell.ShouldBe(new Dimensions(cell, cell));

    [Fact]
    public void Every_board_stays_within_its_limit_and_its_cells_inside_apart_equal_and_in_order()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var count = 1 + (round % BoardContent.MaxImages);
            Dimensions[] sizes = [.. Enumerable.Range(0, count).Select(_ => new Dimensions(random.Next(1, 6000), random.Next(1, 6000)))];
            var content = new BoardContent(sizes) { Captions = ["a"], Title = round % 2 is 0 ? "t" : null, Columns = round % 3 is 0 ? random.Next(1, 25) : null };

            var grid = BoardGrid.Choose(content);
            var board = BoardLayout.Arrange(grid, [.. sizes.Select(_ => random.Next(0, 4))], random.Next(0, content.HasTitle ? 3 : 1));

            Math.Max(board.Size.Width, board.Size.Height).ShouldBeLessThanOrEqualTo(3840);
            board.Tiles.Count.ShouldBe(count);
            board.Tiles.ShouldAllBe(tile => tile.Cell.Size == grid.Cell);
            board.Tiles.Max(tile => tile.Cell.Left + grid.Cell.Width + grid.Gutter).ShouldBe(board.Size.Width);
            board.Tiles.Max(tile => tile.Cell.Top + tile.Height + grid.Gutter).ShouldBe(board.Size.Height);
            board.Tiles.Zip(board.Tiles.Skip(1)).ShouldAllBe(pair => pair.First.Cell.Top == pair.Second.Cell.Top
                ? pair.First.Cell.Left + grid.Cell.Width + grid.Gutter == pair.Second.Cell.Left
                : pair.First.Cell.Top + pair.First.Height + grid.Gutter == pair.Second.Cell.Top && pair.Second.Cell.Left == grid.Gutter);
        }
    }

    [Theory]
    [InlineData(1536, 1024, 1024, 683)]
    [InlineData(1000, 1000, 683, 683)]
    [InlineData(30, 10, 1024, 341)]
    [InlineData(1, 5000, 1, 683)]
    public void An_image_fills_its_cell_without_being_cropped_or_distorted(int width, int height, int shownWidth, int shownHeight) =>
        BoardLayout.Fit(new(width, height), new(1024, 683)).ShouldBe(new Dimensions(shownWidth, shownHeight));

    private static BoardGrid Choose(IReadOnlyList<Dimensions> sizes) => BoardGrid.Choose(new BoardContent(sizes));

    private static Dimensions[] Repeat(int width, int height, int count) => [.. Enumerable.Repeat(new Dimensions(width, height), count)];
}
