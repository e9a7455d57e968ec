namespace GptImage2.Mcp.Tests.Arguments;

/// <summary>The arguments of the tools that work on pictures; what they share with generate_image is its slots' business.</summary>
internal static class EditSlots
{
    private static readonly string Picture = $"\"{ReaderSlots.Picture}\"";

    private static readonly string[] NoObjects = ["5", "null", "true", "\"a.png\"", "[]", "\"{\""];

    private static readonly string[] NoLists = ["5", "true", "\"a.png\"", "\"[\""];

    private static readonly Slot References = new(
        call => call.Set("references", call.Pick($"[{Reference("")}]", Reference(", \"role\": \"style\""), $"[{Reference(", \"note\": \"x\", \"full_size\": \"true\"")}, {Reference(", \"role\": null")}]")),
        call => call.Set("references", call.Pick(NoLists)).Blame("references"),
        call => call.Set("references", $"[{Reference("")}, {call.Pick(NoObjects)}]").Blame("references[1]"),
        call => call.Set("references", $"[{call.Pick(NoObjects)}, {Reference("")}, {call.Pick(NoObjects)}]").Blame("references[0]", "references[2]"),
        call => call.Set("references", $"[{Reference("")}, {{\"role\": \"style\"}}]").Blame("references[1].image"),
        call => call.Set("references", $"{{\"image\": {call.Pick("5", "[]", "{}")}}}").Blame("references[0].image"),
        call => call.Set("references", $"[{Reference($", \"role\": \"{call.Pick("face", "Style", "hero", "objekt", "")}\"")}]").Correctably("references[0].role"),
        call => call.Set("references", $"[{Reference(", \"full_size\": \"yes\", \"note\": 5, \"weight\": 0.5")}]").Blame("references[0].full_size", "references[0].note", "references[0].weight"),
        call => call.Set("references", $"[{string.Join(", ", Enumerable.Repeat(Reference(""), 16))}, {Reference(", \"role\": \"face\"")}]").Blame("references", "references[16].role"),
        call => call.Set("references", $"[{Reference($", \"note\": \"{new string('n', 1001)}\"")}]").Blame("references[0].note"));

    private static readonly Slot Region = new(
        call => call.Set("region", call.Pick(Box("0", "0", "0.5", "1"), $"[{Box("0", "0", "4", "2", ", \"units\": \"pixels\"")}, {Box("0", "0", "0.1", "0.1")}]", "{\"points\": [[0, 0], [1, 0], [0, 1]]}")),
        call => call.Set("region", call.Pick(NoLists)).Blame("region"),
        call => call.Set("region", $"[{call.Pick(NoObjects)}, {Box("0", "0", "0.5", "1")}]").Blame("region[0]"),
        call => call.Set("region", $"[{Box("0", "0", "0.5", "1")}, {{}}]").Blame("region[1].x", "region[1].y", "region[1].width", "region[1].height"),
        call => call.Set("region", Box("\"left\"", "null", "0", "-1")).Blame("region[0].x", "region[0].y", "region[0].width", "region[0].height"),
        call => call.Set("region", Box("0", "0", "0.5", "1", $", \"shape\": \"{call.Pick("circle", "Ellipse", "box", "star")}\"")).Correctably("region[0].shape"),
        call => call.Set("region", Box("0", "0", "0.5", "1", $", \"units\": \"{call.Pick("px", "percent", "Pixels")}\"")).Correctably("region[0].units"),
        call => call.Set("region", Box("0", "0", "0.5", "1", ", \"left\": 1, \"opacity\": 1")).Blame("region[0].left", "region[0].opacity"),
        call => call.Set("region", Box("0", "0", "0.5", "1", ", \"points\": [[0, 0], [1, 0], [0, 1]]")).Blame("region[0].points"),
        call => call.Set("region", "{\"points\": [[0, 0], [1, 1]]}").Blame("region[0].points"),
        call => call.Set("region", "{\"points\": [[0, 0], [1], [1, 1, 1], [0, 1]]}").Blame("region[0].points[1]", "region[0].points[2]"),
        call => call.Set("region", "{\"points\": [[0, \"x\"], null, [1, 1], [0, 1]]}").Blame("region[0].points[0][1]", "region[0].points[1]"),
        call => call.Set("region", $"{{\"points\": {call.Pick("\"round\"", "true", "{}")}}}").Blame("region[0].points"),
        call => call.Drop("region").Blame("region"));

    private static readonly Slot Image = Slot.Text("image", call => call.Set("image", Picture), Slot.Missing("image"));

    private static readonly Action<BadCall>[] JpegAndCompression =
    [
        call => call.Say("format", "jpeg").Correctably("format"),
        call => call.Say("format", "jpeg").Say("outside", "keep").Correctably("format"),
        call => call.Say("format", "png").Set("compression", "50").Blame("compression"),
        call => call.Say("format", "webp").Set("compression", "50").Blame("compression"),
    ];

    private static readonly Slot Prompt = Slot.Text(
        "prompt",
        call => call.Say("prompt", "a hat"),
        Slot.Missing("prompt"),
        call => call.Say("prompt", call.Pick("", " ", "\t\r\n")).Blame("prompt"));

    public static Slot[] EditWithReferences { get; } =
    [
        Prompt,
        References with { Wrong = [.. References.Wrong, Slot.Missing("references"), call => call.Set("references", "[]").Blame("references"), Bases] },
        Slot.Integer("count", [1, 2], "0", "11"),
        Slot.Flag("cutout", "true"),
        Slot.Unknown("image", "images", "reference_images", "mask", "region", "feather", "base_image"),
    ];

    public static Slot[] InpaintRegion { get; } =
    [
        Prompt,
        Image,
        Region,
        References with { Wrong = [.. References.Wrong, call => call.Set("references", $"[{Reference(", \"role\": \"base\"")}]").Correctably("references[0].role")] },
        Slot.Integer("feather", [0], "-1", "-100"),
        Slot.Flag("invert", "false"),
        new(
            call => call.Say("outside", call.Pick("keep", "model")).Say("format", call.Pick("png", "webp")),
            [.. Slot.Choice("outside", ["keep", "model"], "kep", "original", "").Wrong, .. JpegAndCompression]),
        Slot.Unknown("preset", "width", "height", "resize_to", "background", "cutout", "size", "mask_image", "bbox"),
    ];

    public static Slot[] RemoveBackground { get; } =
    [
        Image,
        Slot.Choice("method", ["auto", "flat"], "flet", "local", "ai"),
        Slot.Choice("format", ["png", "webp"], "jpeg", "jpg", "gif"),
        Slot.Unknown("prompt", "width", "count", "background", "cutout", "quality", "threshold"),
    ];

    public static Slot[] RemoveBackgroundHint { get; } =
    [
        new(
            call => call.Set("image", Picture),
            call => call.Set("image", call.Pick("5", "[]", "{}", "true")).Blame("image")),
        new(
            _ => { },
            call => call.Set("subject", call.Pick("5", "[]", "{}", "true")).Blame("subject")),
        Slot.Unknown("prompt", "n", "size", "url"),
    ];

    private static void Bases(BadCall call) =>
        call.Set("references", $"[{Reference(", \"role\": \"base\"")}, {Reference(", \"role\": \"base\"")}]").Blame("references");

    private static string Reference(string more) => $"{{\"image\": {Picture}{more}}}";

    private static string Box(string x, string y, string width, string height, string more = "") =>
        $"{{\"x\": {x}, \"y\": {y}, \"width\": {width}, \"height\": {height}{more}}}";
}
