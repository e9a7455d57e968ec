using GptImage2.Imaging;
using GptImage2.Testing.Pictures;

namespace GptImage2.Mcp.Tests.Arguments;

/// <summary>The arguments of the tools that only read.</summary>
internal static class ReaderSlots
{
    private static readonly string[] NoObjects = ["5", "true", "\"middle\"", "[0, 0, 1, 1]", "\"{\"", "\"{x: 1}\"", "\"[1]\"", Slot.Deep];

    /// <summary>A picture small enough to send along.</summary>
    public static string Picture { get; } = "data:image/png;base64," + Convert.ToBase64String(Png.Gradient(new Dimensions(8, 4), 1));

    public static Slot[] ListPresets { get; } =
    [
        Slot.Choice("topic", ["sizes", "models", "limits"], "size", "Models", "prices", ""),
        Slot.Unknown("name", "q", "n"),
    ];

    public static Slot[] ListImages { get; } =
    [
        Slot.Text("query", call => call.Say("query", call.Pick(Hostile.Texts))),
        Slot.Integer("limit", [1, 20, 100], "0", "-1", "101", "1.5"),
        Slot.Text(
            "cursor",
            call => call.Say("cursor", call.Pick("c0", "c1", "c17", "c9223372036854775807")),
            call => call.Say("cursor", call.Pick(["", " ", "-1", "17", "c", "c-1", "c1.5", "next", "99999999999999999999", "1e5", .. Hostile.Texts])).Blame("cursor")),
        Slot.Unknown("n", "page", "search", "offset", "max_results"),
    ];

    public static Slot[] CheckJob { get; } =
    [
        Slot.Text("job", call => call.Say("job", "job_abcdefghijklmnop"), Slot.Missing("job")),
        Slot.Integer("wait_seconds", [0, 1], "-1", "46", "0.5"),
        Slot.Flag("cancel", "false"),
        Slot.Unknown("id", "job_id", "task_id", "timeout", "wait", "force"),
    ];

    public static Slot[] ViewImage { get; } =
    [
        Slot.Text("image", call => call.Say("image", Picture), Slot.Missing("image")),
        Slot.Integer("max_edge", [64, 1000, 3840], "0", "63", "3841", "-100", "64.5"),
        new(
            call => call.Set("crop", call.Pick("{\"x\": 0, \"y\": 0, \"width\": 0.5, \"height\": 1}", "{\"x\": 1, \"y\": 1, \"width\": 4, \"height\": 2, \"units\": \"pixels\"}")),
            call => call.Set("crop", call.Pick(NoObjects)).Blame("crop"),
            call => call.Set("crop", "{}").Blame("crop.x", "crop.y", "crop.width", "crop.height"),
            call => call.Set("crop", "{\"x\": null, \"y\": \"0.1\", \"width\": \"half\", \"height\": [1]}").Blame("crop.x", "crop.width", "crop.height"),
            call => call.Set("crop", Crop(call.Pick("2", "100", "1e308", "1e29", "\"7\""), "0", "1", "1")).Blame("crop.units"),
            call => call.Set("crop", Crop("0", "0", call.Pick("0", "-1", "-1e308"), "1")).Blame("crop.width"),
            call => call.Set("crop", Crop("0", "0", call.Pick("0", "-1"), call.Pick("0", "-0.5"))).Blame("crop.width", "crop.height"),
            call => call.Set("crop", Crop("0", "0", "1", "1", "\"percent\"")).Correctably("crop.units"),
            call => call.Set("crop", Crop("50", "0", "1", "1", "7")).Blame("crop.units"),
            call => call.Set("crop", "{\"x\": 0, \"y\": 0, \"width\": 1, \"height\": 1, \"left\": 3, \"W\": null}").Blame("crop.left", "crop.W"),
            call => call.Set("crop", "\"{\\\"x\\\": 0, \\\"y\\\": 0, \\\"width\\\": 1}\"").Blame("crop.height")),
        Slot.Unknown("image_id", "url", "path", "region", "size", "resolution"),
    ];

    private static string Crop(string x, string y, string width, string height, string? units = null) =>
        $"{{\"x\": {x}, \"y\": {y}, \"width\": {width}, \"height\": {height}{(units is null ? "" : $", \"units\": {units}")}}}";
}
