using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using static GptImage2.Backends.Tests.Sketch.SketchHost;

namespace GptImage2.Backends.Tests.Sketch;

/// <summary>What can be seen on a sketch. All prompts name one colour, so that nothing but their other words makes a difference.</summary>
public sealed class SketchPanelTests
{
    private const int Edge = 480;

    private static readonly string Long = "A red barn. " + string.Concat(Enumerable.Range(100, 120).Select(word => $"w{word} "));

    [Fact]
    public async Task Left_and_right_put_the_figure_into_its_half()
    {
        var left = await FindFigureAsync("a red coat: a man on the left");
        var right = await FindFigureAsync("a red coat: a man on the right");

        left.Max(pixel => pixel % Edge).ShouldBeLessThan(Edge / 2);
        right.Min(pixel => pixel % Edge).ShouldBeGreaterThan(Edge / 2);
    }

    [Fact]
    public async Task The_closer_the_shot_the_wider_the_figure()
    {
        int[] widths = [.. await Task.WhenAll(((string[])["EWS", "WS", "FS", "MS", "CU"]).Select(async shot => await WidthAsync($"{shot}: a man in a red coat")))];

        widths.ShouldBe(widths.Distinct().Order());
        widths[0].ShouldBeGreaterThan(4);

        static async Task<int> WidthAsync(string prompt)
        {
            var figure = await FindFigureAsync(prompt);
            return figure.Max(pixel => pixel % Edge) - figure.Min(pixel => pixel % Edge);
        }
    }

    [Theory]
    [InlineData("a red fox", 1)]
    [InlineData("a comic page with six panels of a red fox", 6)]
    [InlineData("character sheet of a knight in red", 3)]
    [InlineData("a 2x2 grid of red lanterns", 4)]
    public async Task There_are_as_many_frames_as_panels(string prompt, int count)
    {
        var pixels = Pixels((await DrawAsync(new GenerateRequest { Prompt = prompt, Size = new(Edge, Edge) }, RenderInputs.None))[0]);

        CountAreas(FindColour(pixels, 0.05), least: Edge * Edge / 100).ShouldBe(count);
    }

    [Theory]
    [InlineData(480, 480)]
    [InlineData(480, 1440)]
    [InlineData(1440, 480)]
    [InlineData(1024, 1024)]
    [InlineData(320, 256)]
    public async Task The_last_word_of_six_hundred_letters_can_be_read(int width, int height)
    {
        Long.Length.ShouldBeGreaterThan(600);
        var one = await DrawAsync(new GenerateRequest { Prompt = Long + "END", Size = new(width, height) }, RenderInputs.None);
        var other = await DrawAsync(new GenerateRequest { Prompt = Long + "ENO", Size = new(width, height) }, RenderInputs.None);

        Pixels(one[0]).ShouldNotBe(Pixels(other[0]));
    }

    [Theory]
    [InlineData("a red sign that reads \"OPEN\"", "a red sign that reads OPEN")]
    [InlineData("a man in red says “HALLO”", "a man in red says HALLO")]
    public async Task Quoted_words_are_lettered_in_the_picture(string quoted, string plain)
    {
        (await CountInkAboveAsync(quoted)).ShouldBeGreaterThan(await CountInkAboveAsync(plain) + 300);

        static async Task<int> CountInkAboveAsync(string prompt)
        {
            var pixels = Pixels((await DrawAsync(new GenerateRequest { Prompt = prompt, Size = new(Edge, Edge) }, RenderInputs.None))[0]);
            return Enumerable.Range(0, Edge * Edge * 3 / 4).Count(pixel => pixels[pixel * 4] < 80);
        }
    }

    [Fact]
    public async Task Text_from_right_to_left_begins_on_the_right()
    {
        var pixels = Pixels((await DrawAsync(new GenerateRequest { Prompt = "שלום עולם", Size = new(Edge, Edge) }, RenderInputs.None))[0]);

        var ink = Enumerable.Range(0, Edge * Edge).Where(pixel => pixel / Edge > Edge * 92 / 100 - 20 && pixel / Edge < Edge * 94 / 100 && pixel % Edge is > 40 and < Edge - 24 && pixels[pixel * 4] < 80);
        ink.ShouldNotBeEmpty();
        ink.Min(pixel => pixel % Edge).ShouldBeGreaterThan(Edge / 2);
    }

    [Fact]
    public async Task A_chip_shows_the_name_that_a_note_begins_with()
    {
        var mira = await DrawWithNoteAsync("Mira, a character. Always: a scarf.");

        (await DrawWithNoteAsync("Mira. A knight.")).ShouldBe(mira);
        (await DrawWithNoteAsync("Anna, a character. Always: a scarf.")).ShouldNotBe(mira);
        (await DrawWithNoteAsync(null)).ShouldNotBe(mira);

        static async Task<byte[]> DrawWithNoteAsync(string? note)
        {
            var reference = CreateReference("identity") with { Note = note };
            return (await DrawAsync(new EditRequest { Prompt = "at the harbour", Size = new(Edge, Edge), References = [reference] }, new RenderInputs([Photograph(64, 64, "identity")], null)))[0];
        }
    }

    /// <summary>The pixels in the colour of figures.</summary>
    private static async Task<int[]> FindFigureAsync(string prompt)
    {
        var pixels = Pixels((await DrawAsync(new GenerateRequest { Prompt = prompt, Size = new(Edge, Edge) }, RenderInputs.None))[0]);
        var found = FindColour(pixels, 0.5);
        return [.. Enumerable.Range(0, found.Length).Where(pixel => found[pixel])];
    }

    private static bool[] FindColour(byte[] pixels, double share)
    {
        var colour = SketchPalette.Lighten(SketchPalette.ChooseTint("red", 1, backdrop: null), share);
        return [.. Enumerable.Range(0, pixels.Length / 4).Select(pixel => new Colour(pixels[pixel * 4], pixels[(pixel * 4) + 1], pixels[(pixel * 4) + 2]) == colour)];
    }

    private static int CountAreas(bool[] marks, int least)
    {
        var areas = 0;
        for (var start = 0; start < marks.Length; start++)
        {
            areas += Erase(marks, start) >= least ? 1 : 0;
        }

        return areas;
    }

    /// <returns>How many marks were connected with this one.</returns>
    private static int Erase(bool[] marks, int start)
    {
        var (count, open) = (0, new Stack<int>([start]));
        while (open.TryPop(out var pixel))
        {
            if (pixel >= 0 && pixel < marks.Length && marks[pixel])
            {
                (marks[pixel], count) = (false, count + 1);
                int[] neighbours = [pixel - 1, pixel + 1, pixel - Edge, pixel + Edge];
                Array.ForEach(neighbours, open.Push);
            }
        }

        return count;
    }
}
