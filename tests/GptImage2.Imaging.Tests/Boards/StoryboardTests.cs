using GptImage2.Imaging.Boards;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Imaging.Tests.Boards;

public sealed class StoryboardTests
{
    private const string Hebrew = "מירה עומדת על הגג בלילה ומסתכלת אל הכוכבים, והרוח מעיפה את הצעיף האדום שלה מעל העיר הישנה כולה";
    private const string Arabic = "تقف ميرا على السطح ليلاً وتنظر إلى النجوم، والريح ترفع وشاحها الأحمر فوق المدينة القديمة كلها";
    private const string Japanese = "ミラは夜の屋上に立ち、赤いマフラーを風になびかせながら、古い街の向こうに光る最後の星をじっと見つめている。";

    private static readonly string Long = string.Join(' ', Enumerable.Repeat("The jetty, gulls and Ångström's lamp", 8));
    private static readonly string[] Captions = ["Short", Long, Hebrew, Japanese, "", Arabic];
    private static readonly string[] Shots = ["CU · slow push-in · 3 s", Long, "", Japanese, Hebrew, "OTS"];
    private static readonly string[] Dialogues = ["MIRA: It is still up there!", Japanese, Arabic, Long, "", Hebrew];

    public static TheoryData<int, int, int> Boards
    {
        get
        {
            var boards = new TheoryData<int, int, int>();
            foreach (var count in new[] { 2, 6, 12, 24 })
            {
                foreach (var (width, height) in new[] { (1024, 1024), (1024, 1536), (1536, 1024), (1920, 1080), (1080, 1920) })
                {
                    boards.Add(count, width, height);
                }
            }

            return boards;
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Every_text_is_whole_inside_its_own_strip_in_any_script(int count, int width, int height)
    {
        var content = Create(count, new Dimensions(width, height));
        using var renderer = new BoardRenderer(content with { Title = "The last star" });
        var image = Plain(60, 60 * height / width, new Colour(40, 90, 160));
        for (var index = 0; index < count; index++)
        {
            renderer.Add(index, image);
        }

        using var board = renderer.Render();
        var pixels = new Pixels(board);
        Math.Max(board.Size.Width, board.Size.Height).ShouldBeLessThanOrEqualTo(3840);
        foreach (var (index, tile) in renderer.Layout.Tiles.Index())
        {
            var (strips, cell) = (tile.Strips!, tile.Cell);
            pixels.ShouldFrame(Below(cell, strips.ShotTop, strips.ShotHeight), BoardColours.ShotStrip, hasText: true);
            var captionTop = strips.ShotTop + strips.ShotHeight;
            if (strips.DialogueTop > captionTop)
            {
                pixels.ShouldFrame(Below(cell, captionTop, strips.DialogueTop - captionTop), BoardColours.Paper, hasText: content.GetCaption(index) is not null);
            }

            if (strips.DialogueHeight > 0)
            {
                var isSpoken = content.GetDialogue(index) is not null;
                pixels.ShouldFrame(Below(cell, strips.DialogueTop, strips.DialogueHeight), isSpoken ? BoardColours.DialogueStrip : BoardColours.Paper, hasText: isSpoken);
            }
        }
    }

    [Fact]
    public void Another_picture_changes_only_the_pixels_of_its_own_cell()
    {
        var content = Create(6, new Dimensions(300, 200));
        var cell = Arrange(content).Tiles[3].Cell;
        using var noise = SampleImages.Noise(300, 200);

        using var before = Render(content, (renderer, index) => renderer.Add(index, Plain(300, 200, new Colour(40, 90, 160))));
        using var night = Render(content, (renderer, index) =>
            renderer.Add(index, index is 3 ? EncodedImage.FromMemory(noise.Encode(SampleImages.Png)) : Plain(300, 200, new Colour(40, 90, 160))));
        using var missing = Render(content, (renderer, index) =>
        {
            if (index is 3)
            {
                renderer.AddMissing(index, "refused by moderation");
            }
            else
            {
                renderer.Add(index, Plain(300, 200, new Colour(40, 90, 160)));
            }
        });

        new Pixels(before).ShouldDifferOnlyIn(cell, new Pixels(night));
        new Pixels(before).ShouldDifferOnlyIn(cell, new Pixels(missing));
    }

    [Theory]
    [InlineData("refused by moderation")]
    [InlineData("")]
    [InlineData("\0 <b> 日本語 🦊")]
    public void A_cell_without_a_picture_says_so_on_a_plain_mat(string reason)
    {
        var content = new BoardContent([new(300, 200), new(300, 200)]) { Captions = ["a", "b"] };
        var cell = Arrange(content).Tiles[1].Cell;
        using var renderer = new BoardRenderer(content);

        renderer.AddMissing(1, reason);

        using var board = renderer.Render();
        var pixels = new Pixels(board);
        pixels.ShouldFrame(cell, BoardColours.Mat, hasText: true);
        pixels.HasInk(Below(cell, cell.Size.Height, 20), BoardColours.Paper).ShouldBeTrue();
    }

    [Fact]
    public void Without_shots_and_dialogues_it_is_a_board_as_before()
    {
        var content = new BoardContent([new(300, 200)]) { Captions = ["a"], Shots = ["", " "], Dialogues = ["\n"] };

        content.IsStoryboard.ShouldBeFalse();
        BoardRenderer.Measure(content).ShouldBe(BoardRenderer.Measure(new BoardContent(content.Sizes) { Captions = ["a"] }));
    }

    [Fact]
    public void Right_to_left_text_stands_at_the_right_edge()
    {
        var content = new BoardContent([new(600, 400), new(600, 400)]) { Captions = ["Mira", "מירה"], Shots = ["CU"] };
        var layout = Arrange(content);

        using var board = Render(content, (renderer, index) => renderer.AddMissing(index, ""));

        var pixels = new Pixels(board);
        LeftHalf(0).ShouldBeTrue();
        LeftHalf(1).ShouldBeFalse();

        bool LeftHalf(int index)
        {
            var (cell, strips) = (layout.Tiles[index].Cell, layout.Tiles[index].Strips!);
            return pixels.HasInk(new PixelArea(cell.Left, cell.Top + strips.CaptionTop, new Dimensions(cell.Size.Width / 2, 20)), BoardColours.Paper);
        }
    }

    [Theory]
    [InlineData(24, 1, 1024, 1024)]
    [InlineData(24, 1, 1920, 1080)]
    [InlineData(24, 24, 256, 1024)]
    [InlineData(20, 2, 4000, 1000)]
    [InlineData(24, null, 16, 16)]
    [InlineData(24, null, 1, 6000)]
    public void Cells_keep_room_for_words_whatever_is_asked_for(int count, int? columns, int width, int height)
    {
        var content = Create(count, new Dimensions(width, height)) with { Columns = columns, Title = Long };

        var grid = BoardGrid.Choose(content);

        grid.Cell.Width.ShouldBeGreaterThanOrEqualTo(128);
        var board = BoardRenderer.Measure(content);
        Math.Max(board.Width, board.Height).ShouldBeLessThanOrEqualTo(3840);
    }

    [Fact]
    public void Strips_of_one_line_are_as_high_whatever_their_letters_and_three_lines_of_a_high_script_have_room()
    {
        var text = new BoardText(20, Colour.Black, hasTallRoom: true);

        text.CalculateHeight("once", 500, 3).ShouldBe(text.CalculateHeight("Gypsy", 500, 3));
        text.CalculateHeight(" ", 500, 3).ShouldBe(0);
        text.CalculateHeight("Ấ\nẤ\nẤ", 500, 3).ShouldBeGreaterThanOrEqualTo(text.CalculateHeight("a\na\na", 500, 3));

        // A note of one line stands in the place of a script for which this machine has no font.
        if (!FontCoverage.FindMissingScripts().Contains("Japanese"))
        {
            text.CalculateHeight("あ\nあ\nあ", 500, 3).ShouldBeGreaterThanOrEqualTo(text.CalculateHeight("a\na\na", 500, 3));
        }

        text.CalculateHeight("H\nH\nH\nH\nH", 500, 3).ShouldBe(text.CalculateHeight("H\nH\nH", 500, 3));
    }

    private static BoardContent Create(int count, Dimensions size) => new([.. Enumerable.Repeat(size, count)])
    {
        Captions = Cycle(Captions, count),
        Shots = Cycle(Shots, count),
        Dialogues = Cycle(Dialogues, count),
    };

    private static string[] Cycle(string[] texts, int count) => [.. Enumerable.Range(0, count).Select(index => texts[index % texts.Length])];

    private static BoardLayout Arrange(BoardContent content)
    {
        using var empty = new BoardRenderer(content);
        return empty.Layout;
    }

    private static Image Render(BoardContent content, Action<BoardRenderer, int> add)
    {
        using var renderer = new BoardRenderer(content);
        for (var index = 0; index < content.Sizes.Count; index++)
        {
            add(renderer, index);
        }

        using var board = renderer.Render();
        return board.CopyToMemory();
    }

    private static EncodedImage Plain(int width, int height, Colour colour)
    {
        using var plain = Image.FromColour(new Dimensions(width, height), colour);
        return EncodedImage.FromMemory(plain.Encode(SampleImages.Png));
    }

    private static PixelArea Below(PixelArea cell, int top, int height) => new(cell.Left, cell.Top + top, new Dimensions(cell.Size.Width, height));

    private sealed class Pixels(Image image)
    {
        private readonly byte[] _rgba = image.ToRgbaBytes();
        private readonly int _width = image.Size.Width;

        /// <summary>Its outermost pixels are plain: nothing was cut off there, and nothing reaches in from beside it.</summary>
        internal void ShouldFrame(PixelArea area, Colour colour, bool hasText)
        {
            var (width, height) = (area.Size.Width, area.Size.Height);
            HasInk(area with { Size = new Dimensions(width, 1) }, colour).ShouldBeFalse();
            HasInk(area with { Top = area.Top + height - 1, Size = new Dimensions(width, 1) }, colour).ShouldBeFalse();
            HasInk(area with { Size = new Dimensions(1, height) }, colour).ShouldBeFalse();
            HasInk(area with { Left = area.Left + width - 1, Size = new Dimensions(1, height) }, colour).ShouldBeFalse();
            HasInk(area, colour).ShouldBe(hasText);
        }

        internal bool HasInk(PixelArea area, Colour background)
        {
            ReadOnlySpan<byte> plain = [background.Red, background.Green, background.Blue, 255];
            for (var y = area.Top; y < area.Top + area.Size.Height; y++)
            {
                for (var x = area.Left; x < area.Left + area.Size.Width; x++)
                {
                    if (!At(x, y).SequenceEqual(plain))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        internal void ShouldDifferOnlyIn(PixelArea cell, Pixels other)
        {
            var inside = 0;
            _rgba.Length.ShouldBe(other._rgba.Length);
            for (var pixel = 0; pixel < _rgba.Length / 4; pixel++)
            {
                var (x, y) = (pixel % _width, pixel / _width);
                if (!At(x, y).SequenceEqual(other.At(x, y)))
                {
                    (x >= cell.Left && x < cell.Left + cell.Size.Width && y >= cell.Top && y < cell.Top + cell.Size.Height).ShouldBeTrue($"{x},{y}");
                    inside++;
                }
            }

            inside.ShouldBeGreaterThan((int)cell.Size.PixelCount / 2);
        }

        private ReadOnlySpan<byte> At(int x, int y) => _rgba.AsSpan(((y * _width) + x) * 4, 4);
    }
}
