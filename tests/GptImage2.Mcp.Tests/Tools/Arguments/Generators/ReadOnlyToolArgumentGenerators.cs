using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>The arguments of the tools that only read.</summary>
internal static class ReadOnlyToolArgumentGenerators
{
    private static readonly string[] NoObjects = ["5", "true", "\"somewhere\"", "\"{\"", "\"{x: 1}\"", "\"[1]\"", ArgumentGenerator.DeeplyNestedArray];

    /// <summary>An image small enough to send along.</summary>
    public static string ImageDataUri { get; } = "data:image/png;base64," + Convert.ToBase64String(PngEncoder.Gradient(new Dimensions(8, 4), 1));

    public static ArgumentGenerator[] ListPresets { get; } =
    [
        ArgumentGenerator.Choice("topic", ["sizes", "models", "limits"], "siezs", "modells"),
        ArgumentGenerator.Unknown("name", "q", "n"),
    ];

    public static ArgumentGenerator[] ListImages { get; } =
    [
        ArgumentGenerator.Text("query", call => call.SetText("query", call.Pick(HostileTexts.Texts))),
        ArgumentGenerator.Integer("limit", [1, 20, 100], "0", "-1", "101", "1.5"),
        ArgumentGenerator.Flag("show", "true"),
        ArgumentGenerator.Text(
            "cursor",
            call => call.SetText("cursor", call.Pick("c0_start")),
            call => call.SetText("cursor", call.Pick(["", " ", "-1", "17", "c", "c-1", "c1.5", "next", "99999999999999999999", "1e5", "c0", "c17", "c0_", "c_start", .. HostileTexts.Texts])).ExpectError("cursor")),
        ArgumentGenerator.Unknown("n", "page", "search", "offset", "max_results"),
    ];

    public static ArgumentGenerator[] CheckJob { get; } =
    [
        ArgumentGenerator.Text("job", call => call.SetText("job", call.Pick("job_abcdefghijklmnop", "last"))),
        ArgumentGenerator.Integer("wait_seconds", [0, 1], "-1", "46", "0.5"),
        ArgumentGenerator.Flag("cancel", "false"),
        ArgumentGenerator.Unknown("timeout", "wait", "force"),
    ];

    public static ArgumentGenerator[] ViewImage { get; } =
    [
        ArgumentGenerator.Text("image", call => call.SetText("image", ImageDataUri), ArgumentGenerator.Missing("image")),
        new(
            _ => { },
            call => call.Set("images", call.Pick("true", "7", "{}")).SetText("image", ImageDataUri).ExpectError("images").ExpectedErrors.Remove("image")),
        ArgumentGenerator.Flag("recipe", "false"),
        ArgumentGenerator.Integer("max_edge", [64, 1000, 1568], "0", "63", "1569", "-100", "64.5"),
        new(
            call => call.Set("crop", call.Pick("{\"x\": 0, \"y\": 0, \"width\": 0.5, \"height\": 1}", "{\"x\": 1, \"y\": 1, \"width\": 4, \"height\": 2, \"units\": \"pixels\"}")),
            call => call.Set("crop", call.Pick(NoObjects)).ExpectError("crop"),
            call => call.Set("crop", "{}").ExpectError("crop.x", "crop.y", "crop.width", "crop.height"),
            call => call.Set("crop", "{\"x\": null, \"y\": \"0.1\", \"width\": \"half\", \"height\": [1]}").ExpectError("crop.x", "crop.width", "crop.height"),
            call => call.Set("crop", Crop(call.Pick("2", "100", "1e308", "1e29", "\"7\""), "0", "1", "1")).ExpectError("crop.units"),
            call => call.Set("crop", Crop("0", "0", call.Pick("0", "-1", "-1e308"), "1")).ExpectError("crop.width"),
            call => call.Set("crop", Crop("0", "0", call.Pick("0", "-1"), call.Pick("0", "-0.5"))).ExpectError("crop.width", "crop.height"),
            call => call.Set("crop", Crop("0", "0", "1", "1", "\"pixls\"")).ExpectCorrectableError("crop.units"),
            call => call.Set("crop", Crop("0", "0", "1", "1", "7")).ExpectError("crop.units"),
            call => call.Set("crop", "{\"x\": 0, \"y\": 0, \"width\": 1, \"height\": 1, \"left\": 3, \"W\": null}").ExpectError("crop.left", "crop.W"),
            call => call.Set("crop", "\"{\\\"x\\\": 0, \\\"y\\\": 0, \\\"width\\\": 1}\"").ExpectError("crop.height")),
        ArgumentGenerator.Unknown("region", "size", "resolution", "zoom"),
    ];

    private static string Crop(string x, string y, string width, string height, string? units = null) =>
        $"{{\"x\": {x}, \"y\": {y}, \"width\": {width}, \"height\": {height}{(units is null ? "" : $", \"units\": {units}")}}}";
}
