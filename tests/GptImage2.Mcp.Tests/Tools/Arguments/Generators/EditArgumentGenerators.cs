namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>The arguments of the tools that work on images; what they share with generate_image is its slots' business.</summary>
internal static class EditArgumentGenerators
{
    private static readonly string Picture = $"\"{ReadOnlyToolArgumentGenerators.ImageDataUri}\"";

    private static readonly string[] NoObjects = ["5", "null", "true", "[]", "\"{\""];

    private static readonly string[] NoLists = ["5", "true", "\"[\""];

    private static readonly ArgumentGenerator References = new(
        call => call.Set("references", call.Pick($"[{Reference("")}]", Reference(", \"role\": \"style\""), $"[{Reference(", \"note\": \"x\", \"full_size\": \"true\"")}, {Reference(", \"role\": null")}]")),
        call => call.Set("references", call.Pick(NoLists)).ExpectError("references"),
        call => call.Set("references", $"[{Reference("")}, {call.Pick(NoObjects)}]").ExpectError("references[1]"),
        call => call.Set("references", $"[{call.Pick(NoObjects)}, {Reference("")}, {call.Pick(NoObjects)}]").ExpectError("references[0]", "references[2]"),
        call => call.Set("references", $"[{Reference("")}, {{\"role\": \"style\"}}]").ExpectError("references[1].image"),
        call => call.Set("references", $"{{\"image\": {call.Pick("5", "[]", "{}")}}}").ExpectError("references[0].image"),
        call => call.Set("references", $"[{Reference($", \"role\": \"{call.Pick("face", "logo", "objekt")}\"")}]").ExpectCorrectableError("references[0].role"),
        call => call.Set("references", $"[{Reference(", \"full_size\": \"maybe\", \"note\": 5, \"weight\": 0.5")}]").ExpectError("references[0].full_size", "references[0].note", "references[0].weight"),
        call => call.Set("references", $"[{string.Join(", ", Enumerable.Repeat(Reference(""), 16))}, {Reference(", \"role\": \"face\"")}]").ExpectError("references", "references[16].role"),
        call => call.Set("references", $"[{Reference($", \"note\": \"{new string('n', 1001)}\"")}]").ExpectError("references[0].note"));

    private static readonly ArgumentGenerator Region = new(
        call => call.Set("region", call.Pick(Box("0", "0", "0.5", "1"), $"[{Box("0", "0", "4", "2", ", \"units\": \"pixels\"")}, {Box("0", "0", "0.1", "0.1")}]", "{\"points\": [[0, 0], [1, 0], [0, 1]]}")),
        call => call.Set("region", call.Pick(NoLists)).ExpectError("region"),
        call => call.Set("region", $"[{call.Pick(NoObjects)}, {Box("0", "0", "0.5", "1")}]").ExpectError("region[0]"),
        call => call.Set("region", $"[{Box("0", "0", "0.5", "1")}, {{}}]").ExpectError("region[1].x", "region[1].y", "region[1].width", "region[1].height"),
        call => call.Set("region", Box("\"left\"", "null", "0", "-1")).ExpectError("region[0].x", "region[0].y", "region[0].width", "region[0].height"),
        call => call.Set("region", Box("0", "0", "0.5", "1", $", \"shape\": \"{call.Pick("elipse", "rectangel")}\"")).ExpectCorrectableError("region[0].shape"),
        call => call.Set("region", Box("0", "0", "0.5", "1", $", \"units\": \"{call.Pick("previw", "pixls")}\"")).ExpectCorrectableError("region[0].units"),
        call => call.Set("region", Box("0", "0", "0.5", "1", ", \"left\": 1, \"opacity\": 1")).ExpectError("region[0].left", "region[0].opacity"),
        call => call.Set("region", Box("0", "0", "0.5", "1", ", \"points\": [[0, 0], [1, 0], [0, 1]]")).ExpectError("region[0].points"),
        call => call.Set("region", "{\"points\": [[0, 0], [1, 1]]}").ExpectError("region[0].points"),
        call => call.Set("region", "{\"points\": [[0, 0], [1], [1, 1, 1], [0, 1]]}").ExpectError("region[0].points[1]", "region[0].points[2]"),
        call => call.Set("region", "{\"points\": [[0, \"x\"], null, [1, 1], [0, 1]]}").ExpectError("region[0].points[0][1]", "region[0].points[1]"),
        call => call.Set("region", $"{{\"points\": {call.Pick("\"round\"", "true", "{}")}}}").ExpectError("region[0].points"),
        call => call.Remove("region").ExpectError("region"));

    private static readonly ArgumentGenerator Image = ArgumentGenerator.Text("image", call => call.Set("image", Picture), ArgumentGenerator.Missing("image"));

    private static readonly Action<InvalidCall>[] CompressionWhereNoneIsTaken =
    [
        call => call.SetText("format", "png").Set("compression", "50").ExpectError("compression"),
        call => call.SetText("format", "webp").Set("compression", "50").ExpectError("compression"),
    ];

    private static readonly ArgumentGenerator Prompt = ArgumentGenerator.Text(
        "prompt",
        call => call.SetText("prompt", "a hat"),
        ArgumentGenerator.Missing("prompt"),
        call => call.SetText("prompt", call.Pick("", " ", "\t\r\n")).ExpectError("prompt"));

    public static ArgumentGenerator[] DefineCast { get; } =
    [
        ArgumentGenerator.Text(
            "name",
            call => call.SetText("name", "Mira"),
            ArgumentGenerator.Missing("name"),
            call => call.SetText("name", call.Pick("", " ", "7", "!!")).ExpectError("name"),
            call => call.SetText("name", call.Pick("Mira Lane", "@Mira", "Mira.", "Mira-")).ExpectCorrectableError("name")),
        ArgumentGenerator.Choice("kind", ["character", "place", "prop", "style"], "charakter", "styel"),
        ArgumentGenerator.Text("traits", call => call.SetText("traits", "red hair"), call => call.SetText("traits", new string('t', 2001)).ExpectError("traits")),
        new(
            call => call.Set("images", call.Pick($"[{Reference("")}]", $"[{Picture}]", Picture, $"[{Reference(", \"role\": \"style\", \"must_keep\": \"x\", \"must_avoid\": null")}]")),
            call => call.Set("images", call.Pick(NoLists)).ExpectError("images"),
            call => call.Set("images", $"[{Reference("")}, {{\"role\": \"style\"}}]").ExpectError("images[1].image"),
            call => call.Set("images", $"[{Reference($", \"role\": \"{call.Pick("base", "face")}\"")}]").ExpectCorrectableError("images[0].role"),
            call => call.Set("images", $"[{Reference(", \"must_keep\": 5, \"weight\": 1")}]").ExpectError("images[0].must_keep", "images[0].weight"),
            call => call.Set("images", $"[{string.Join(", ", Enumerable.Repeat(Reference(""), 9))}]").ExpectError("images")),
        new(
            call => call.Set("variants", call.Pick("[{\"name\": \"winter\", \"traits\": \"a coat\"}]", $"[{{\"name\": \"old\", \"images\": [{Picture}]}}]")),
            call => call.Set("variants", call.Pick(NoLists)).ExpectError("variants"),
            call => call.Set("variants", "[{\"traits\": \"a coat\"}]").ExpectError("variants[0].name"),
            call => call.Set("variants", "[{\"name\": \"deep winter\"}]").ExpectCorrectableError("variants[0].name"),
            call => call.Set("variants", "[{\"name\": \"winter\"}, {\"name\": \"Winter\"}]").ExpectError("variants"),
            call => call.Set("variants", $"[{{\"name\": \"old\", \"images\": [{Reference(", \"role\": \"base\"")}]}}]").ExpectCorrectableError("variants[0].images[0].role")),
        ArgumentGenerator.Unknown("region", "weight", "seed"),
    ];

    public static ArgumentGenerator[] EditWithReferences { get; } =
    [
        Prompt,
        References with { WriteInvalid = [.. References.WriteInvalid, ArgumentGenerator.Missing("references"), call => call.Set("references", "[]").ExpectError("references"), Bases] },
        ArgumentGenerator.Integer("count", [1, 2], "0", "11"),
        ArgumentGenerator.Flag("cutout", "true"),
        ArgumentGenerator.Unknown("mask", "region", "feather", "invert"),
    ];

    public static ArgumentGenerator[] InpaintRegion { get; } =
    [
        Prompt,
        Image,
        Region,
        References with { WriteInvalid = [.. References.WriteInvalid, call => call.Set("references", $"[{Reference(", \"role\": \"base\"")}]").ExpectCorrectableError("references[0].role")] },
        ArgumentGenerator.Integer("feather", [0], "-1", "-100"),
        ArgumentGenerator.Flag("invert", "false"),
        ArgumentGenerator.Flag("match_colours", "false"),
        new(
            call => call.SetText("outside", call.Pick("keep", "model")).SetText("format", call.Pick("png", "webp")),
            [.. ArgumentGenerator.Choice("outside", ["keep", "model"], "kep", "original").WriteInvalid, .. CompressionWhereNoneIsTaken]),
        ArgumentGenerator.Unknown("preset", "width", "height", "resize_to", "background", "cutout", "size", "bbox"),
    ];

    public static ArgumentGenerator[] RemoveBackground { get; } =
    [
        Image,
        ArgumentGenerator.Choice("method", ["auto", "key"], "flat", "local", "ai"),
        ArgumentGenerator.Choice("holes", ["keep", "open"], "opne", "keeep", "OPEN!"),
        ArgumentGenerator.Choice("format", ["png", "webp"], "jpeg", "jpg", "gif"),
        ArgumentGenerator.Unknown("prompt", "width", "count", "background", "cutout", "quality", "threshold"),
    ];

    public static ArgumentGenerator[] ComposeBoard { get; } =
    [
        new(
            call => call.Set("images", call.Pick($"[{Picture}, {Picture}]", $"[{Picture}, {Picture}, {Picture}]")),
            ArgumentGenerator.Missing("images"),
            call => call.Set("images", call.Pick("5", "true", "{}", "[]")).ExpectError("images"),
            call => call.Set("images", $"[{string.Join(", ", Enumerable.Repeat(Picture, 25))}]").ExpectError("images"),
            call => call.Set("images", $"[{Picture}, {call.Pick("5", "null", "[]", "{}")}, true]").ExpectError("images[1]", "images[2]")),
        new(
            call => call.Set("captions", call.Pick("\"one\"", "[\"one\", \"two\"]", "[]", "[\"\"]")),
            call => call.Set("captions", call.Pick("5", "true", "{}")).ExpectError("captions"),
            call => call.Set("captions", "[\"one\", 2]").ExpectError("captions[1]")),
        ArgumentGenerator.Integer("columns", [1, 3, 24], "0", "25", "-1"),
        ArgumentGenerator.Text("title", call => call.SetText("title", call.Pick("Board", "", " "))),
        ArgumentGenerator.Choice("format", ["png", "jpeg", "webp"], "bmp", "gif", "pgn"),
        ArgumentGenerator.Unknown("prompt", "width", "preset", "quality", "rows", "labels", "cutout"),
    ];

    public static ArgumentGenerator[] RemoveBackgroundHint { get; } =
    [
        new(
            call => call.Set("image", Picture),
            call => call.Set("image", call.Pick("5", "[]", "{}", "true")).ExpectError("image")),
        new(
            _ => { },
            call => call.Set("subject", call.Pick("5", "[]", "{}", "true")).ExpectError("subject")),
        ArgumentGenerator.Unknown("prompt", "n", "size", "url"),
    ];

    private static void Bases(InvalidCall call) =>
        call.Set("references", $"[{Reference(", \"role\": \"base\"")}, {Reference(", \"role\": \"base\"")}]").ExpectError("references");

    private static string Reference(string more) => $"{{\"image\": {Picture}{more}}}";

    private static string Box(string x, string y, string width, string height, string more = "") =>
        $"{{\"x\": {x}, \"y\": {y}, \"width\": {width}, \"height\": {height}{more}}}";
}
