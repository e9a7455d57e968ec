namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>The arguments of generate_image.</summary>
internal static class ImageToolArgumentGenerators
{
    private static readonly string[] Presets = ["square", "square_large", "portrait", "landscape", "wide_hd", "tall_hd", "wide_4k", "tall_4k"];

    public static ArgumentGenerator[] All { get; } =
    [
        ArgumentGenerator.Text(
            "prompt",
            call => call.SetText("prompt", call.Random.Next(8) is 0 ? call.Pick(HostileTexts.Texts) + "fox" : "a red fox"),
            ArgumentGenerator.Missing("prompt"),
            call => call.SetText("prompt", call.Pick("", " ", "\t\r\n", "\u3000\u00A0")).ExpectError("prompt"),
            call => call.SetText("prompt", call.Pick(new string('x', 32_001), new string('x', 32_000) + "🦊")).ExpectError("prompt")),
        new(
            call => call.Remove(),
            [
                .. ArgumentGenerator.Choice("preset", Presets, "squar", "wide_hdd", "lanscape").WriteInvalid,
                .. InvalidSizeMutations.All,
            ]),
        ArgumentGenerator.Integer("count", [1, 2, 10], "0", "-1", "11", "2.5", "10.000001"),
        ArgumentGenerator.Choice("quality", ["auto", "low", "medium", "high"], "hd", "standard", "hihg", "xhigh", "max"),
        new(
            call => Format(call, call.Pick("png", "webp"), call.Pick("auto", "opaque", "transparent")),
            [
                .. ArgumentGenerator.Choice("background", ["opaque"], "transparant", "white", "none").WriteInvalid,
                .. ArgumentGenerator.Choice("format", ["png"], "gif", "pngg", "mp4").WriteInvalid,
                call => Format(call, "jpeg", "transparent").ExpectCorrectableError("format"),
                call => Format(call, "jpeg", "transparent").Set("compression", "50").ExpectCorrectableError("format"),
                call => Format(call, "png", "auto").Set("compression", call.Pick("0", "50", "100", "\"80\"")).ExpectError("compression"),
                call => Format(call, "png", "auto").Set("compression", call.Pick("-1", "101", "1e308", "50.5", "\"x\"", "true")).ExpectError("compression"),
                call => Format(call, call.Pick("webp", "jpeg"), "opaque").Set("compression", call.Pick("-1", "101", "1e308", "50.5", "\"-3\"")).ExpectCorrectableError("compression"),
                call => call.Set("compression", "50").ExpectError("compression"),
            ]),
        ArgumentGenerator.Text(
            "resize_to",
            call => call.SetText("resize_to", call.Pick("1000x1000", "1x1", "1024x1024", "800x800")),
            call => call.SetText("resize_to", call.Pick(["big", "", "0x0", "-1x5", "1920x", "x1080", "1e3x1e3", "100000x1", "٣x٣", "16:9", .. HostileTexts.Texts])).ExpectError("resize_to"),
            call => call.SetText("resize_to", call.Pick("16001x16", "16x99999", "16000x16000", "10001x10000")).ExpectError("resize_to")),
        ArgumentGenerator.Text(
            "save_to",
            _ => { },
            call => call.SetText("save_to", call.Pick(["", "fox", "fox.exe", ".", "/", "/etc/passwd", "/etc/fox.png", "../../../../../../../fox.png", "fox.png\0", "\0.png", new string('a', 5000) + ".png", .. HostileTexts.Texts])).ExpectError("save_to")),
        new(
            _ => { },
            call => call.Set("overwrite", call.Has("save_to") ? "[]" : "\"true\"").ExpectError("overwrite"),
            call => call.Set("overwrite", call.Pick("\"maybe\"", "2", "[true]", "{}")).ExpectError("overwrite")),
        ArgumentGenerator.Choice("view", ["preview", "full", "none"], "previw", "thumbnail"),
        ArgumentGenerator.Flag("dry_run", "true"),
        ArgumentGenerator.Flag("fresh", "false"),
        ArgumentGenerator.Unknown("reference_images", "init_image", "references", "guidance", "layers"),
    ];

    private static InvalidCall Format(InvalidCall call, string format, string background) => call.SetText("format", format).SetText("background", background);
}
