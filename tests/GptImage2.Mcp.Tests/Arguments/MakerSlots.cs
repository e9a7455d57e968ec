namespace GptImage2.Mcp.Tests.Arguments;

/// <summary>The arguments of generate_image.</summary>
internal static class MakerSlots
{
    private static readonly string[] Presets = ["square", "square_large", "portrait", "landscape", "wide_hd", "tall_hd", "wide_4k", "tall_4k"];

    public static Slot[] All { get; } =
    [
        Slot.Text(
            "prompt",
            call => call.Say("prompt", call.Random.Next(8) is 0 ? call.Pick(Hostile.Texts) + "fox" : "a red fox"),
            Slot.Missing("prompt"),
            call => call.Say("prompt", call.Pick("", " ", "\t\r\n", "\u3000\u00A0")).Blame("prompt"),
            call => call.Say("prompt", call.Pick(new string('x', 32_001), new string('x', 32_000) + "🦊")).Blame("prompt")),
        new(
            call => call.Drop(),
            [
                .. Slot.Choice("preset", Presets, "squar", "16:9", "1024x1024", "wide-hd", "4k", "").Wrong,
                .. SizeSlips.All,
            ]),
        Slot.Integer("count", [1, 2, 10], "0", "-1", "11", "2.5", "10.000001"),
        Slot.Choice("quality", ["auto", "low", "medium", "high"], "hd", "standard", "hihg", "xhigh", "max", ""),
        new(
            call => Format(call, call.Pick("png", "webp"), call.Pick("auto", "opaque", "transparent")),
            [
                .. Slot.Choice("background", ["opaque"], "transparant", "white", "none").Wrong,
                .. Slot.Choice("format", ["png"], "jpg", "gif", "image/png", ".png").Wrong,
                call => Format(call, "jpeg", "transparent").Correctably("format"),
                call => Format(call, "jpeg", "transparent").Set("compression", "50").Correctably("format"),
                call => Format(call, "png", "auto").Set("compression", call.Pick("0", "50", "100", "\"80\"")).Blame("compression"),
                call => Format(call, "png", "auto").Set("compression", call.Pick("-1", "101", "1e308", "50.5", "\"x\"", "true")).Blame("compression"),
                call => Format(call, call.Pick("webp", "jpeg"), "opaque").Set("compression", call.Pick("-1", "101", "1e308", "50.5", "\"-3\"")).Correctably("compression"),
                call => call.Set("compression", "50").Blame("compression"),
            ]),
        Slot.Text(
            "resize_to",
            call => call.Say("resize_to", call.Pick("1920x1080", "1x1", "16000x16", "800x600")),
            call => call.Say("resize_to", call.Pick(["big", "", "1920", "1920*1080", "1920×1080", "0x0", "-1x5", "1920x", "x1080", "1e3x1e3", "100000x1", "٣x٣", "16:9", .. Hostile.Texts])).Blame("resize_to"),
            call => call.Say("resize_to", call.Pick("16001x16", "16x99999", "16000x16000", "10001x10000")).Blame("resize_to")),
        Slot.Text(
            "save_to",
            _ => { },
            call => call.Say("save_to", call.Pick(["", "fox", "fox.exe", ".", "/", "/etc/passwd", "/etc/fox.png", "../../../../../../../fox.png", "fox.png\0", "\0.png", new string('a', 5000) + ".png", .. Hostile.Texts])).Blame("save_to")),
        Slot.Choice("view", ["preview", "full", "none"], "previw", "thumbnail"),
        Slot.Flag("dry_run", "true"),
        Slot.Flag("fresh", "false"),
        Slot.Unknown("n", "size", "aspect_ratio", "output_format", "output_path", "reference_images", "num_images", "dryRun", "resolution"),
    ];

    private static BadCall Format(BadCall call, string format, string background) => call.Say("format", format).Say("background", background);
}
