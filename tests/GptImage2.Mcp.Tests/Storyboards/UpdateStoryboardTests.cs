using GptImage2.Imaging;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Storyboards;

/// <summary>A change touches what it names; everything else on the board stays what it was.</summary>
public sealed class UpdateStoryboardTests : IAsyncLifetime
{
    private BoardHost _host = null!;
    private string _board = "";
    private string?[] _pictures = [];

    public async ValueTask InitializeAsync()
    {
        _host = await BoardHost.StartAsync();
        var made = await _host.CreateAsync(6);
        (_board, _pictures) = (BoardHost.Board(made), BoardHost.Pictures(made));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_panel_that_is_drawn_anew_changes_its_cell_of_the_board_and_no_other_pixel()
    {
        var before = BoardHost.DecodeBoard(await UpdateAsync(""","title":"The kite" """));

        var changed = await UpdateAsync(""","panels":[{"panel":4,"action":"scene 4 of the story at night"}]""");

        var after = BoardHost.DecodeBoard(changed);
        after.Size.ShouldBe(before.Size);
        var (left, top, right, bottom) = FindDifference(before.Rgba, after.Rgba, after.Size);
        left.ShouldBeGreaterThanOrEqualTo(0, "something has changed");

        // Three in a row, two rows: the fourth is the first of the second row.
        right.ShouldBeLessThan(after.Size.Width / 3);
        top.ShouldBeGreaterThan(after.Size.Height / 2);
        bottom.ShouldBeLessThan(after.Size.Height);
        BoardHost.States(changed).ShouldBe(["kept", "kept", "kept", "drawn", "kept", "kept"]);
        BoardHost.Pictures(changed).Where((_, index) => index is not 3).ShouldBe(_pictures.Where((_, index) => index is not 3));
        _host.Service.Orders[^1].Prompt.ShouldContain("scene 4 of the story at night.");
        _host.Service.Orders.Count.ShouldBe(7);
    }

    [Fact]
    public async Task Versions_are_kept_and_an_older_one_comes_back_without_drawing()
    {
        var redrawn = await UpdateAsync(""","panels":[{"panel":2,"action":"scene 2 of the story in rain","caption":"Rain"}]""");
        redrawn.Text.ShouldContain("version 2 of 2");

        var back = await UpdateAsync(""","panels":[{"panel":2,"version":1}]""");

        BoardHost.Pictures(back).ShouldBe(_pictures);
        back.Text.ShouldContain("2. WS, scene 2 of the story: " + _pictures[1] + ", version 1 of 2");
        back.Text.ShouldContain("Nothing was drawn; it cost nothing.");
        _host.Service.Orders.Count.ShouldBe(7);
    }

    [Fact]
    public async Task What_stands_below_the_pictures_changes_without_drawing()
    {
        var changed = await UpdateAsync(""","panels":[{"panel":1,"caption":"Morning","dialogue":"MIRA: Hold on!","duration":2.5}]""");

        BoardHost.Pictures(changed).ShouldBe(_pictures);
        changed.Text.ShouldContain("1. WS · 2.5 s, scene 1 of the story: ");
        _host.Service.Orders.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Panels_are_inserted_removed_and_moved_by_the_numbers_that_they_had()
    {
        var changed = await UpdateAsync(""","panels":[{"after":2,"action":"scene 7 of the story","size":"256x160"}],"remove":[5],"order":[6,1,2,3,4]""");

        var pictures = BoardHost.Pictures(changed);
        pictures.Length.ShouldBe(6);
        (pictures[0], pictures[1], pictures[2], pictures[4], pictures[5]).ShouldBe((_pictures[5], _pictures[0], _pictures[1], _pictures[2], _pictures[3]));
        BoardHost.States(changed).ShouldBe(["kept", "kept", "kept", "drawn", "kept", "kept"]);
        _host.Service.Orders.Count.ShouldBe(7);
        _host.Service.Orders[^1].Prompt.ShouldContain("scene 7 of the story.");
    }

    [Fact]
    public async Task A_style_holds_from_now_on_and_a_quality_for_the_call_that_names_it()
    {
        var restyled = await UpdateAsync(""","style":"wood cut","quality":"medium","panels":[{"panel":3}]""");
        await UpdateAsync(""","panels":[{"panel":2}]""");
        var idle = await UpdateAsync(""","style":"water colour" """);

        _host.Service.Orders.Skip(6).Select(order => order.Quality).ShouldBe(["medium", "low"]);
        _host.Service.Orders.Skip(6).ShouldAllBe(order => order.Prompt.Contains("Style: wood cut.") && order.Prompt.Contains("Another picture of the story, in another style."));
        BoardHost.States(restyled).Count(state => state is "drawn").ShouldBe(1);
        idle.Text.ShouldContain("Note: style: the pictures that are there keep theirs");
    }

    [Fact]
    public async Task A_dry_run_of_nothing_reads_the_board()
    {
        await UpdateAsync(""","panels":[{"panel":3,"dialogue":"MIRA: Hold on!","duration":2}]""");

        var read = await UpdateAsync(""","dry_run":true""");

        read.Text.ShouldContain($"Panel 3, {_pictures[2]}, version 1 of 1: WS | scene 3 of the story | dialogue: MIRA: Hold on! | 2 s");
        (await _host.CallAsync("list_images", $$"""{"query":"{{_board}}"}""")).Json.GetProperty("images").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_text_that_is_written_as_null_draws_nothing()
    {
        var refused = await _host.CallAsync("update_storyboard", $$"""{"board":"{{_board}}","panels":[{"panel":1,"caption":null}]}""", fails: true);

        refused.Text.ShouldContain("panels[0].caption: expected a value; an empty text takes a text away");
        _host.Service.Orders.Count.ShouldBe(6);
    }

    [Fact]
    public async Task What_does_not_fit_below_a_picture_is_said()
    {
        var changed = await UpdateAsync($$""","panels":[{"panel":2,"dialogue":"{{string.Concat(Enumerable.Repeat("all that she says ", 16)).Trim()}}"}]""");

        changed.Text.ShouldContain("Note: Panel 2: what stands below is longer than the board has room for");
    }

    [Fact]
    public async Task A_dry_run_prices_only_what_would_be_drawn_and_changes_nothing()
    {
        var plan = await UpdateAsync(""","panels":[{"panel":3,"action":"another scene 3 of it"}],"remove":[1],"dry_run":true""");
        var after = await UpdateAsync("");

        plan.Text.ShouldContain("5 panels; 1 would be drawn");
        BoardHost.Pictures(after).ShouldBe(_pictures);
        _host.Service.Orders.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData(""","panels":[{"panel":9}]""", "panels[0].panel: expected 1 to 6 but received 9. Nearest legal: 6")]
    [InlineData(""","panels":[{"panel":1,"version":2}]""", "panels[0].version: expected 1 but received 2")]
    [InlineData(""","panels":[{"after":2}]""", "panels[0].action: expected what the panel shows but received nothing")]
    [InlineData(""","panels":[{"action":"a new one"}]""", "panels[0].panel: expected the number of the panel to change, or in its place after")]
    [InlineData(""","remove":[1,2,3,4,5]""", "remove: expected at least 2 panels to stay but received 1 left")]
    [InlineData(""","order":[1,2,3]""", "order: expected each panel that stays once, by its number before the change (1, 2, 3, 4, 5, 6) but received [1, 2, 3]")]
    [InlineData(""","panels":[{"panel":1,"caption":"x"},{"panel":1,"caption":"y"}]""", "panels[1].panel: expected each panel once but received 1, which panels[0] names as well")]
    [InlineData(""","remove":[2],"panels":[{"panel":2}]""", "panels[0].panel: expected a panel that stays")]
    public async Task What_does_not_fit_the_board_is_refused_and_changes_nothing(string change, string expected)
    {
        var refused = await _host.CallAsync("update_storyboard", $$"""{"board":"{{_board}}"{{change}}}""", fails: true);

        refused.Text.ShouldContain(expected);
        BoardHost.Pictures(await UpdateAsync("")).ShouldBe(_pictures);
        _host.Service.Orders.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_board_that_is_not_known_is_answered_with_those_that_are()
    {
        var refused = await _host.CallAsync("update_storyboard", """{"board":"board_none"}""", fails: true);

        refused.Text.ShouldContain($"There are {_board} (\"The kite\")");
        (await _host.CallAsync("update_storyboard", """{"board":"last"}""")).Text.ShouldContain(_board);
    }

    [Fact]
    public async Task Two_changes_of_one_board_at_the_same_time_lose_nothing()
    {
        var made = await Task.WhenAll(
            UpdateAsync(""","panels":[{"panel":2,"action":"scene 2 of the story, once more"}]"""),
            UpdateAsync(""","panels":[{"panel":5,"action":"scene 5 of the story, once more"}]"""));

        made.Select(result => result.Status).ShouldBe(["done", "done"]);
        var now = BoardHost.PanelsOf(await UpdateAsync(""));
        now.Select(panel => panel.GetProperty("versions").GetInt32()).ShouldBe([1, 2, 1, 1, 2, 1]);
    }

    private Task<ModelContextProtocol.Protocol.CallToolResult> UpdateAsync(string change) => _host.CallAsync("update_storyboard", $$"""{"board":"{{_board}}"{{change}}}""");

    private static (int Left, int Top, int Right, int Bottom) FindDifference(byte[] before, byte[] after, Dimensions size)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var pixel = 0; pixel < size.Width * size.Height; pixel++)
        {
            if (!before.AsSpan(pixel * 4, 4).SequenceEqual(after.AsSpan(pixel * 4, 4)))
            {
                var (x, y) = (pixel % size.Width, pixel / size.Width);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return right < 0 ? (-1, -1, -1, -1) : (left, top, right, bottom);
    }
}
