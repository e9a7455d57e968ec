using GptImage2.Mcp.Tests.Callers;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Storyboards;

/// <summary>Two callers of one server: a board is its owner's alone, and names nothing of the server's machine.</summary>
public sealed class BoardOwnerTests
{
    private const string Create = """{"title":"The kite","quality":"low","panels":["scene 1","scene 2"]}""";

    [Fact]
    public async Task Nobody_sees_changes_or_exports_anothers_board_and_nobodys_is_answered_alike()
    {
        await using var callers = await TwoCallers.StartAsync();
        var made = await TwoCallers.CallAsync(callers.Anna, "create_storyboard", Create);
        var board = BoardHost.Board(made);

        foreach (var (tool, arguments) in ((string, string)[])[
            ("update_storyboard", """{"board":"BOARD","title":"mine"}"""),
            ("update_storyboard", """{"board":"BOARD","dry_run":true}"""),
            ("update_storyboard", """{"board":"last"}"""),
            ("export_storyboard", """{"board":"BOARD"}""")])
        {
            var asked = await TwoCallers.SayAsync(callers.Bert, tool, arguments.Replace("BOARD", board, StringComparison.Ordinal));
            var nobodys = await TwoCallers.SayAsync(callers.Bert, tool, arguments.Replace("BOARD", "board_aaaaaaaaaaaaaaaa", StringComparison.Ordinal));
            asked.Replace(board, "board_aaaaaaaaaaaaaaaa", StringComparison.Ordinal).ShouldBe(nobodys);
            asked.ShouldNotContain("kite");
        }

        foreach (var file in (string[])["board.png", "cuts.json"])
        {
            var read = await TwoCallers.AskAsync(callers.Bert, "resources/read", $$"""{"uri":"storyboard://{{board}}/{{file}}"}""");
            read.Replace(board, "board_aaaaaaaaaaaaaaaa", StringComparison.Ordinal).ShouldBe(await TwoCallers.AskAsync(callers.Bert, "resources/read", $$"""{"uri":"storyboard://board_aaaaaaaaaaaaaaaa/{{file}}"}"""));
        }

        (await TwoCallers.AskAsync(callers.Bert, "resources/list", "{}")).ShouldNotContain("storyboard://");
    }

    [Fact]
    public async Task The_same_board_of_two_callers_is_two_boards()
    {
        await using var callers = await TwoCallers.StartAsync();

        var made = await Task.WhenAll(TwoCallers.CallAsync(callers.Anna, "create_storyboard", Create), TwoCallers.CallAsync(callers.Bert, "create_storyboard", Create));

        BoardHost.Board(made[0]).ShouldNotBe(BoardHost.Board(made[1]));
        BoardHost.Pictures(made[0]).Intersect(BoardHost.Pictures(made[1])).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_export_for_another_machine_is_addresses_and_no_path()
    {
        await using var callers = await TwoCallers.StartAsync();
        var board = BoardHost.Board(await TwoCallers.CallAsync(callers.Anna, "create_storyboard", Create));

        var exported = await TwoCallers.CallAsync(callers.Anna, "export_storyboard", $$"""{"board":"{{board}}"}""");

        exported.Json.TryGetProperty("folder", out _).ShouldBeFalse();
        var addresses = exported.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("uri").GetString()!).ToArray();
        addresses.Take(5).ShouldBe([$"storyboard://{board}/board.png", $"storyboard://{board}/board.pdf", $"storyboard://{board}/panels.pdf", $"storyboard://{board}/cuts.json", $"storyboard://{board}/animatic.webp"]);
        addresses.Length.ShouldBe(7);
        (await TwoCallers.SayAsync(callers.Anna, "export_storyboard", $$"""{"board":"{{board}}","save_to":"/tmp"}""")).ShouldContain("save_to: expected no path");
        exported.Text.ShouldNotContain(Path.GetTempPath());
    }
}
