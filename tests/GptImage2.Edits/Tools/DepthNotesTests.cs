using GptImage2.Edits.Cases;
using GptImage2.Imaging;
using GptImage2.Imaging.Vips;

namespace GptImage2.Edits.Tools;

/// <summary>What an edit's result says of depth and profile that its format cannot hold, and whether another format could.</summary>
public sealed class DepthNotesTests(EditToolsFixture bench) : IClassFixture<EditToolsFixture>
{
    private const string Eight = "which webp cannot hold: the result has 8. Format png preserves all.";
    private const string Converted = "The image's colours were converted to sRGB, because webp cannot hold them with their profile.";

    [Theory]
    [InlineData("png rgb 16", null, "png", "")]
    [InlineData("png rgb 16", null, "webp", "The image had 16 bits a channel, " + Eight)]
    [InlineData("tiff grey 16", null, "webp", "The image had 16 bits a channel, " + Eight)]
    [InlineData("png rgb", "p3", "png", "")]
    [InlineData("png rgb", "p3", "webp", "")]
    [InlineData("png rgb 16", "p3", "webp", "The image had 16 bits a channel, " + Eight + "|" + Converted + " Format png preserves them.")]
    [InlineData("jpeg cmyk", "cmyk", "png", "The image was CMYK; all of the result is sRGB.")]
    [InlineData("jpeg cmyk", null, "png", "The image was CMYK; all of the result is sRGB.")]
    public async Task The_result_says_what_its_format_cannot_hold(string kind, string? profile, string format, string notes) =>
        (await EditAsync(kind, profile, format)).ShouldBe(notes.Split('|', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A png has neither, so that nobody is sent there.</summary>
    [Theory]
    [InlineData("lab", "png")]
    [InlineData("lab", "webp")]
    [InlineData("scrgb", "png")]
    [InlineData("scrgb", "webp")]
    public async Task Of_more_bits_in_a_way_that_no_png_has_no_format_is_recommended(string space, string format)
    {
        var path = bench.Put($"{space}.tif", CreateTiff(space));

        var made = await InpaintAsync(path, format);

        DepthNotes(made).ShouldBe([$"The image had more than 8 bits a channel, in a way that no {format} has: all of the result is 8-bit sRGB."]);
    }

    private async Task<string[]> EditAsync(string name, string? profile, string format)
    {
        var kind = InputKind.All.Single(kind => kind.Name == name);
        var file = TestImageEncoder.Encode(TestImageEncoder.Draw(kind, new Dimensions(160, 120), 3), kind, profile, 1);
        return DepthNotes(await InpaintAsync(bench.Put($"{name} {profile}.{kind.Format.Extension}", file), format));
    }

    private Task<JsonElement> InpaintAsync(string path, string format) => bench.CallSuccessfullyAsync(
        "inpaint_region",
        new JsonObject
        {
            ["prompt"] = "a hat",
            ["image"] = path,
            ["format"] = format,
            ["region"] = new JsonArray(new JsonObject { ["x"] = 0.3, ["y"] = 0.3, ["width"] = 0.3, ["height"] = 0.3 }),
        }.ToJsonString());

    private static string[] DepthNotes(JsonElement made) =>
    [
        .. made.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)
            .Where(warning => warning.Contains("bits a channel", StringComparison.Ordinal) || warning.Contains("sRGB", StringComparison.Ordinal)),
    ];

    private static byte[] CreateTiff(string space)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var plain = VipsImage.FromPixels([.. Enumerable.Range(0, 160 * 120 * 3).Select(sample => (byte)(sample % 251))], 160, 120, bands: 3);
            using var srgb = plain.WithInterpretation("srgb");
            using var wide = new VipsOperation("colourspace").With("in", srgb).WithEnum("space", space).ToImage();
            new VipsOperation("tiffsave").With("in", wide).With("filename", file).Run();
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
