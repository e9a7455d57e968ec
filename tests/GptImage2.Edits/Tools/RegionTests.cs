using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;
using ModelContextProtocol.Protocol;

namespace GptImage2.Edits.Tools;

/// <summary>How a caller says which part of an image is meant; all images are 160x120 pixels unless they say otherwise.</summary>
public sealed class RegionTests(EditToolsFixture bench) : IClassFixture<EditToolsFixture>
{
    [Fact]
    public async Task A_dry_run_shows_the_part_and_makes_nothing()
    {
        bench.Put("plain.png", EditToolsFixture.Draw((_, _) => [120, 120, 120, 255]).Encode(alpha: false));

        var result = await bench.CallAsync("inpaint_region", """{"prompt": "a tree", "image": "plain.png", "region": [{"x": 0.25, "y": 0.25, "width": 0.5, "height": 0.5}], "dry_run": true}""");

        using var overlay = Image.Open(EncodedImage.FromMemory(result.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem().DecodedData));
        var pixels = new PngPixels(overlay.Size, overlay.ToRgbaBytes());
        pixels.Size.ShouldBe(new Dimensions(160, 120));
        IsTinted(pixels[80, 60]).ShouldBeTrue("the middle");
        IsTinted(pixels[8, 8]).ShouldBeFalse("a corner");
        result.StructuredContent!.Value.GetProperty("job").GetProperty("status").GetString().ShouldBe("planned");
        (await bench.CallSuccessfullyAsync("list_images", """{"query": "tree"}""")).GetProperty("images").GetArrayLength().ShouldBe(0);

        static bool IsTinted(Span<byte> pixel) => Math.Abs(pixel[0] - pixel[1]) + Math.Abs(pixel[1] - pixel[2]) > 30;
    }

    [Theory]
    [InlineData("""{"x": 0.25, "y": 0.25, "width": 0.25, "height": 0.25}""")]
    [InlineData("""{"x": "0.25", "y": 0.25, "width": 0.25, "height": 0.25, "units": "fractions"}""")]
    [InlineData("""{"x": 40, "y": 30, "width": 40, "height": 30, "units": "pixels"}""")]
    [InlineData("""{"x": 40, "y": 30, "width": 40, "height": 30, "units": "preview"}""")]
    [InlineData("""{"points": [[0.25, 0.25], [0.5, 0.25], [0.5, 0.5], [0.25, 0.5]]}""")]
    [InlineData("""[{"shape": "polygon", "points": "[[40, 30], [80, 30], [80, 60], [40, 60]]", "units": "pixels"}]""")]
    [InlineData("""[{"x": 40, "y": 30, "width": 20, "height": 30, "units": "pixels"}, {"x": 0.3125, "y": 0.25, "width": 0.1875, "height": 0.25}]""")]
    public async Task One_part_may_be_said_in_many_ways(string region) => (await CoverageAsync("photo.png", region)).ShouldBe(0.0625);

    [Fact]
    public async Task An_ellipse_is_said_by_its_box() =>
        (await CoverageAsync("photo.png", """{"shape": "ellipse", "x": 0.25, "y": 0.25, "width": 0.5, "height": 0.5}""")).ShouldBe(Math.PI / 16, 0.002);

    [Fact]
    public async Task A_part_that_reaches_a_little_beyond_the_image_is_cut() =>
        (await CoverageAsync("photo.png", """{"x": -3, "y": 60, "width": 43, "height": 62, "units": "pixels"}""")).ShouldBe(0.125);

    [Fact]
    public async Task Invert_means_all_the_rest() => (await CoverageAsync("photo.png", """{"x": 0, "y": 0, "width": 0.5, "height": 0.5}""", ", \"invert\": true")).ShouldBe(0.75);

    [Fact]
    public async Task Preview_counts_pixels_of_what_was_last_shown()
    {
        bench.Put("shown.png", Coloured(1));
        await bench.CallAsync("view_image", """{"image": "shown.png", "max_edge": 80}""");

        await ShouldMeanAsync("shown.png", """ "x": 20, "y": 15, "width": 20, "height": 15""", """ "x": 40, "y": 30, "width": 40, "height": 30""");
    }

    [Theory]
    [InlineData("detail.png", 2)]
    [InlineData("./inbox/../inbox/detail.png", 3)]
    [InlineData("file://", 4)]
    [InlineData("data:", 5)]
    public async Task A_detail_that_was_shown_is_known_by_every_name_of_its_image(string name, byte seed)
    {
        var picture = Coloured(seed);
        var path = bench.Put("detail.png", picture);
        var asked = name switch
        {
            "file://" => new Uri(path).AbsoluteUri,
            "data:" => "data:image/png;base64," + Convert.ToBase64String(picture),
            ['.', ..] => Path.Combine(bench.Server.Root, name),
            _ => name,
        };

        await bench.CallAsync("view_image", """{"image": "detail.png", "crop": {"x": 0.5, "y": 0.5, "width": 0.5, "height": 0.5}}""");

        // Of 80x60 pixels, enlarged four times.
        await ShouldMeanAsync(asked, """ "x": 40, "y": 40, "width": 160, "height": 120""", """ "x": 90, "y": 70, "width": 40, "height": 30""");
    }

    [Fact]
    public async Task An_image_of_the_store_is_the_same_by_its_id_and_by_its_path()
    {
        var made = (await bench.CallSuccessfullyAsync("generate_image", """{"prompt": "a lighthouse", "width": 1024, "height": 640}""")).GetProperty("images")[0];
        await bench.CallAsync("view_image", $$"""{"crop": {"x": 512, "y": 0, "width": 512, "height": 640, "units": "pixels"}, "image": "{{made.GetProperty("uri").GetString()}}" }""");

        await ShouldMeanAsync(made.GetProperty("path").GetString()!, """ "x": 0, "y": 0, "width": 256, "height": 320""", """ "x": 512, "y": 0, "width": 256, "height": 320""");
    }

    [Fact]
    public async Task Another_image_under_the_same_name_has_not_been_shown()
    {
        bench.Put("swapped.png", Coloured(6));
        await bench.CallAsync("view_image", """{"image": "swapped.png", "crop": {"x": 0.5, "y": 0.5, "width": 0.5, "height": 0.5}}""");
        bench.Put("swapped.png", Coloured(7));

        await ShouldMeanAsync("swapped.png", """ "x": 0, "y": 0, "width": 80, "height": 60""", """ "x": 0, "y": 0, "width": 80, "height": 60""");
    }

    [Fact]
    public async Task Doubtful_numbers_are_reported_in_every_reading()
    {
        bench.Put("doubt.png", Coloured(8));
        await bench.CallAsync("view_image", """{"image": "doubt.png", "max_edge": 80}""");

        var text = await RefusalAsync("doubt.png", """[{"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2}, {"x": 10, "y": 20, "width": 30, "height": 40}]""");

        text.ShouldBe(
            "region[1].units: expected pixels (of the original, 160x120: 30x40 pixels at 10,20) or preview (of what was last shown, 80x60: 60x80 pixels at 20,40), " +
            "because fractions reach from 0 to 1 but received no units with 40.");
    }

    [Theory]
    [InlineData("""{"x": 1.5, "y": 0, "width": 0.5, "height": 0.5, "units": "fractions"}""", "region[0]: expected a part of the image, which is 160x120 pixels but received one that is outside it")]
    [InlineData("""{"x": 160, "y": 0, "width": 10, "height": 10, "units": "pixels"}""", "region[0]: expected a part of the image, which is 160x120 pixels but received one that is outside it")]
    [InlineData("""{"x": -1e308, "y": -1e308, "width": 1.7e308, "height": 1.7e308, "units": "fractions"}""", "region[0]: expected a part of the image")]
    [InlineData("""{"x": 0, "y": 0, "width": 1, "height": 1}""", "to change all of it, use edit_with_references with role base but received the whole image.")]
    [InlineData("""{"x": 0, "y": 0, "width": 1e308, "height": 1e308, "units": "fractions"}""", "but received one that reaches beyond it")]
    [InlineData("""{"x": 0.75, "y": 0.5, "width": 0.9, "height": 0.9}""", "unless its last two numbers are right and bottom. Nearest legal: {\"x\":0.75,\"y\":0.5,\"width\":0.15,\"height\":0.4}.")]
    [InlineData("""{"points": [[0.5, 0.5], [1.5, 0.5], [0.5, 0.9]]}""", "but received one that reaches beyond it")]
    [InlineData("""{"x": 0, "y": 0, "width": 0, "height": 0.5}""", "region[0].width: expected more than 0 but received 0.")]
    [InlineData("""{"shape": "star", "x": 0, "y": 0, "width": 1, "height": 1}""", "region[0].shape: expected one of rectangle, ellipse, polygon but received \"star\".")]
    [InlineData("""{"shape": "rectangle", "points": [[0, 0], [1, 0], [1, 1]], "x": 0, "y": 0, "width": 1, "height": 1}""", "region[0].points: expected to be omitted for a rectangle")]
    [InlineData("""{"points": [[0, 0], [1, 1]]}""", "region[0].points: expected 3 to 1000 corners")]
    [InlineData("""{"points": [0, 0, 1, 0, 1, 1]}""", "region[0].points[0]: expected two numbers, [x, y] but received 1.")]
    public async Task A_part_that_cannot_be_meant_is_refused(string part, string told) => (await RefusalAsync("photo.png", part)).ShouldContain(told);

    [Theory]
    [InlineData("[null]", "region[0]")]
    [InlineData("[5, {\"x\": 0, \"y\": 0, \"width\": 0.5, \"height\": 0.5}, \"x\"]", "region[0], region[2]")]
    [InlineData("{\"points\": [null, [0, 0], [1, 0], [1, 1]]}", "region[0].points[0]")]
    [InlineData("{\"points\": [[\"a\", null], [0, 0], [1, 0], [1, 1]]}", "region[0].points[0][0], region[0].points[0][1]")]
    [InlineData("{\"points\": \"round\"}", "region[0].points")]
    [InlineData("[{\"shape\": \"star\"}, {\"x\": 0, \"y\": 0, \"width\": 0}]", "region[0].shape, region[1].width, region[1].height")]
    public async Task A_part_that_cannot_be_read_is_blamed_and_nothing_else(string region, string blamed)
    {
        var text = await RefusalAsync("photo.png", region);

        string.Join(", ", text.Split('\n').Select(line => line.Split(':')[0])).ShouldBe(blamed);
    }

    [Fact]
    public async Task An_inverted_part_that_is_everything_leaves_nothing() =>
        (await RefusalAsync("photo.png", """{"x": 0, "y": 0, "width": 1, "height": 1}""", ", \"invert\": true")).ShouldContain("received none (invert is true, and the region is everything)");

    private static byte[] Coloured(byte seed) => PngEncoder.Gradient(new Dimensions(160, 120), seed);

    private async Task<double> CoverageAsync(string image, string region, string more = "") => (await PlanAsync(image, region, more)).GetProperty("region").GetProperty("coverage").GetDouble();

    /// <summary>Both show the same part on the image. What is said in units of the preview comes first, because the dry run itself is a view.</summary>
    private async Task ShouldMeanAsync(string image, string preview, string pixels)
    {
        var meant = await OverlayAsync(image, $$"""{ {{preview}}, "units": "preview" }""");
        var expected = await OverlayAsync(image, $$"""{ {{pixels}}, "units": "pixels" }""");

        meant.ShouldBe(expected);
    }

    private async Task<byte[]> OverlayAsync(string image, string region)
    {
        var result = await bench.CallAsync("inpaint_region", Arguments(image, region, ""));
        result.IsError.ShouldNotBe(true, EditToolsFixture.Text(result));
        return result.Content.OfType<ImageContentBlock>().Single().DecodedData.ToArray();
    }

    private Task<JsonElement> PlanAsync(string image, string region, string more = "") => bench.CallSuccessfullyAsync("inpaint_region", Arguments(image, region, more));

    private Task<string> RefusalAsync(string image, string region, string more = "") => bench.RefusalAsync("inpaint_region", Arguments(image, region, more));

    private static string Arguments(string image, string region, string more) => $$"""{"prompt": "x", "image": "{{image}}", "region": {{region}}{{more}}, "dry_run": true}""";
}
