namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>The arguments of the tools that make, change and export boards.</summary>
internal static class StoryboardArgumentGenerators
{
    private static readonly string[] NoLists = ["5", "true", "\"[\""];

    private static readonly ArgumentGenerator Title = ArgumentGenerator.Text("title", call => call.SetText("title", call.Pick("The kite", "嵐の前")), call => call.SetText("title", new string('t', 121)).ExpectError("title"));

    private static readonly ArgumentGenerator Style = ArgumentGenerator.Text("style", call => call.SetText("style", "ink"));

    private static readonly ArgumentGenerator Quality = ArgumentGenerator.Choice("quality", ["low", "medium", "high"], "hihg", "mediun");

    /// <summary>Nothing that boards have, as the style that other tools do not have.</summary>
    private static readonly ArgumentGenerator Unknown = new(
        _ => { },
        call => Blame(call, call.Pick("seed", "negative_prompt", "region", "mask", "cutout")),
        call => Blame(call, call.Pick("foo", "x-y", "__proto__", "данные")));

    public static ArgumentGenerator[] Create { get; } =
    [
        Title,
        Style,
        new(
            call => call.Set("panels", call.Pick("""[{"action":"a"},{"action":"b"}]""", """["a","b"]""", """[{"action":"a","shot":"CU","duration":2.5,"size":"square"},{"description":"b"}]""")),
            ArgumentGenerator.Missing("panels"),
            call => call.Set("panels", call.Pick(NoLists)).ExpectError("panels"),
            call => call.Set("panels", """["a"]""").ExpectError("panels"),
            call => call.Set("panels", $"[{string.Join(',', Enumerable.Repeat("\"a\"", 25))}]").ExpectError("panels"),
            call => call.Set("panels", """["a",{"shot":"CU"}]""").ExpectError("panels[1].action"),
            call => call.Set("panels", """["a",{"action":"b","duration":"long","weight":1}]""").ExpectError("panels[1].duration", "panels[1].weight"),
            call => call.Set("panels", """[{"action":"a","duration":0},{"action":"b","size":"squar"}]""").ExpectCorrectableError("panels[0].duration", "panels[1].size"),
            call => call.Set("panels", $$"""["a",{"action":"b","caption":"{{new string('c', 301)}}","camera":5}]""").ExpectError("panels[1].caption", "panels[1].camera")),
        ArgumentGenerator.Choice("preset", ["square", "landscape"], "squar", "lanscape"),
        Quality,
        Unknown,
    ];

    public static ArgumentGenerator[] Update { get; } =
    [
        ArgumentGenerator.Text("board", call => call.SetText("board", "last"), ArgumentGenerator.Missing("board")),
        new(
            call => call.Set("panels", call.Pick("[2]", """[{"panel":1,"action":"a"}]""", """[{"after":0,"action":"a"}]""", "[]")),
            call => call.Set("panels", call.Pick(NoLists)).ExpectError("panels"),
            call => call.Set("panels", """[{"panel":1},{"panel":"first","redraw":"maybe"}]""").ExpectError("panels[1].panel", "panels[1].redraw"),
            call => call.Set("panels", """[{"caption":"c"}]""").ExpectError("panels[0].panel"),
            call => call.Set("panels", """[{"panel":1,"after":2,"action":"a"}]""").ExpectError("panels[0].after"),
            call => call.Set("panels", """[{"after":2}]""").ExpectError("panels[0].action"),
            call => call.Set("panels", """[{"panel":1,"version":1,"action":"a"}]""").ExpectError("panels[0].version")),
        new(
            call => call.Set("remove", call.Pick("[2]", "[]")),
            call => call.Set("remove", call.Pick("true", "\"[\"", "{}")).ExpectError("remove"),
            call => call.Set("remove", """[1,"x"]""").ExpectError("remove[1]"),
            call => call.Set("remove", "[2,2]").ExpectError("remove")),
        new(
            call => call.Set("order", "[2,1]"),
            call => call.Set("order", call.Pick("true", "\"[\"", "{}")).ExpectError("order"),
            call => call.Set("order", """[1,"x"]""").ExpectError("order[1]")),
        Title,
        Style,
        Quality,
        Unknown,
    ];

    public static ArgumentGenerator[] Export { get; } =
    [
        ArgumentGenerator.Text("board", call => call.SetText("board", "last"), ArgumentGenerator.Missing("board")),
        new(
            call => call.Set("formats", call.Pick("""["png"]""", """["pdf","animatic"]""", "[]")),
            call => call.Set("formats", call.Pick("""["gif"]""", """["doc"]""")).ExpectError("formats[0]")),
        ArgumentGenerator.Text("save_to", _ => { }),
        ArgumentGenerator.Unknown("prompt", "quality", "overwrite"),
    ];

    private static void Blame(InvalidCall call, string name) => call.Set(name, call.Pick("null", "1", "\"x\"", "[]", "{}")).ExpectError(name);
}
