using GptImage2.Testing.Images;

namespace GptImage2.Edits.Tools;

public sealed class InpaintRegionTests(EditToolsFixture bench) : IClassFixture<EditToolsFixture>
{
    private const string Tool = "inpaint_region";
    private const string Part = """[{"x": 0.25, "y": 0.25, "width": 0.25, "height": 0.25}]""";

    [Fact]
    public async Task Every_pixel_outside_the_part_is_the_originals()
    {
        var made = await DoneAsync("photo.png", """[{"x": 40, "y": 30, "width": 40, "height": 30, "units": "pixels"}]""", more: ", \"view\": \"none\"");

        var image = made.GetProperty("images").EnumerateArray().ShouldHaveSingleItem();
        var (drawn, original) = (EditToolsFixture.Pixels(image), PngFile.Read(await File.ReadAllBytesAsync(Path.Combine(bench.Server.Root, "inbox", "photo.png"), TestContext.Current.CancellationToken)).Decode());
        drawn.Size.ShouldBe(original.Size);
        var (changedInside, changedOutside) = Changed(drawn, original, IsInside);
        changedOutside.ShouldBe(0);
        var region = image.GetProperty("region");
        region.GetProperty("coverage").GetDouble().ShouldBe(40 * 30 / (160.0 * 120), 1e-6);
        region.GetProperty("changed_inside").GetDouble().ShouldBe(changedInside / (40.0 * 30), 1e-6);
        region.GetProperty("changed_outside").GetDouble().ShouldBe(0);
    }

    [Fact]
    public async Task What_was_done_to_the_colours_is_told_and_can_be_switched_off()
    {
        const string area = """[{"x": 40, "y": 30, "width": 40, "height": 30, "units": "pixels"}]""";
        var matched = await DoneAsync("disc.png", area, more: ", \"view\": \"none\"");
        var unmatched = await DoneAsync("disc.png", area, more: ", \"view\": \"none\", \"match_colours\": false");

        var colours = matched.GetProperty("images")[0].GetProperty("region").GetProperty("colours");
        colours.GetProperty("matched").GetBoolean().ShouldBeTrue();
        colours.GetProperty("remaining").GetDouble().ShouldBeLessThan(0.75 * colours.GetProperty("difference").GetDouble());
        matched.GetProperty("summary").GetString()!.ShouldContain("; its colours matched to the image (off by ");
        unmatched.GetProperty("images")[0].GetProperty("region").TryGetProperty("colours", out _).ShouldBeFalse();
        unmatched.GetProperty("images")[0].GetProperty("id").GetString().ShouldNotBe(matched.GetProperty("images")[0].GetProperty("id").GetString());
        (await bench.RecordAsync(matched.GetProperty("images")[0].GetProperty("id").GetString()!)).GetProperty("region").GetProperty("colours").GetProperty("applied").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Two_images_are_each_pasted_into_the_original()
    {
        var made = await DoneAsync("photo.png", Part, more: ", \"count\": 2, \"format\": \"webp\", \"view\": \"none\"");

        var original = PngFile.Read(await File.ReadAllBytesAsync(Path.Combine(bench.Server.Root, "inbox", "photo.png"), TestContext.Current.CancellationToken)).Decode();
        var images = made.GetProperty("images").EnumerateArray().ToArray();
        images.Select(image => image.GetProperty("n").GetInt32()).ShouldBe([1, 2]);
        images.Select(image => Changed(EditToolsFixture.Pixels(image), original, IsInside).Outside).ShouldBe([0, 0]);
    }

    [Fact]
    public async Task The_record_tells_the_words_the_images_and_what_changed()
    {
        var made = await DoneAsync("photo.png", Part, more: ", \"references\": [{\"image\": \"wide.png\", \"role\": \"style\"}], \"view\": \"none\"");

        var record = await bench.RecordAsync(made.GetProperty("images")[0].GetProperty("id").GetString()!);

        record.GetProperty("prompt_as_sent").GetString().ShouldBe(made.GetProperty("prompt").GetString());
        record.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("role").GetString()).ShouldBe(["base", "style"]);
        record.GetProperty("region").GetProperty("coverage").GetDouble().ShouldBe(0.0625);
        record.GetProperty("region").GetProperty("changed_outside").GetDouble().ShouldBe(0);
        record.TryGetProperty("derived_from", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task References_begin_at_image_two()
    {
        var plan = await PlanAsync("photo.png", Part, more: ", \"references\": [{\"image\": \"wide.png\", \"role\": \"style\"}]");

        var lines = plan.GetProperty("prompt").GetString()!.Split('\n');
        lines[0].ShouldStartWith("Image 1 is the image to edit. Change only its masked region.");
        lines[1].ShouldStartWith("Image 2 is the style.");
        lines[^1].ShouldBe("a hat");
    }

    [Fact]
    public async Task A_reference_is_no_base_here() =>
        (await RefusalAsync($$"""{"prompt": "x", "image": "photo.png", "region": {{Part}}, "references": [{"image": "wide.png", "role": "base"}]}"""))
            .ShouldStartWith("references[0].role: expected one of object, identity, style, environment, layout but received \"base\".");

    [Fact]
    public async Task With_the_image_itself_there_are_sixteen()
    {
        var references = string.Join(", ", Enumerable.Repeat("""{"image": "wide.png"}""", 16));

        (await RefusalAsync($$"""{"prompt": "x", "image": "photo.png", "region": {{Part}}, "references": [{{references}}]}"""))
            .ShouldBe("references: expected 0 to 15 images but received 16.");
    }

    [Theory]
    [InlineData("jpeg", "", "format: expected png or webp (jpeg only with outside model or for a jpeg image, because it alters every pixel) but received jpeg. Nearest legal: png.")]
    [InlineData("webp", ", \"compression\": 80", "compression: expected to be omitted (webp is written losslessly here, so that no other pixel changes) but received a value.")]
    [InlineData("png", ", \"compression\": 80", "compression: expected to be omitted with format png (it is for jpeg and webp) but received a value.")]
    [InlineData("png", ", \"outside\": \"original\"", "outside: expected one of keep, model but received \"original\". Nearest legal: keep.")]
    public async Task What_would_alter_other_pixels_is_refused(string format, string more, string told) =>
        (await RefusalAsync($$"""{"prompt": "x", "image": "photo.png", "region": {{Part}}, "format": "{{format}}"{{more}}}""")).ShouldBe(told);

    [Fact]
    public async Task Jpeg_is_allowed_where_other_pixels_may_change()
    {
        var made = await DoneAsync("photo.png", Part, more: ", \"format\": \"jpeg\", \"compression\": 90, \"outside\": \"model\", \"view\": \"none\"");

        made.GetProperty("images")[0].GetProperty("format").GetString().ShouldBe("jpeg");
    }

    [Fact]
    public async Task A_jpeg_may_stay_one_and_the_words_say_what_that_did_to_all_pixels()
    {
        var made = await DoneAsync("photo.jpg", Part, more: ", \"format\": \"jpeg\", \"view\": \"none\"");

        made.GetProperty("images")[0].GetProperty("format").GetString().ShouldBe("jpeg");
        var notes = string.Join('\n', made.GetProperty("warnings").EnumerateArray());
        notes.ShouldContain("format jpeg: the whole image is encoded anew");
        notes.ShouldMatch(@"outside the region they differ from the original's by 0\.\d of 255 levels on average, and by \d+ at most");
        var record = await bench.RecordAsync(made.GetProperty("images")[0].GetProperty("id").GetString()!);
        record.GetProperty("region").GetProperty("changed_outside").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task By_the_extension_of_a_copy_a_jpeg_stays_one_too_and_anything_else_blames_it()
    {
        (await PlanAsync("photo.jpg", Part, more: ", \"save_to\": \"hat.jpg\"")).GetProperty("warnings").ToString().ShouldContain("format jpeg");

        (await RefusalAsync($$"""{"prompt": "x", "image": "photo.png", "region": {{Part}}, "save_to": "hat.jpg"}"""))
            .ShouldStartWith("save_to: expected the extension of png or webp (jpeg only with outside model or for a jpeg image");
    }

    [Theory]
    [InlineData("preset", "the images decide the size here")]
    [InlineData("width", "the images decide the size here")]
    [InlineData("height", "the images decide the size here")]
    [InlineData("resize_to", "the images decide the size here")]
    [InlineData("background", "no background can be chosen here")]
    [InlineData("cutout", "call remove_background with the result")]
    public async Task What_the_image_decides_is_no_argument(string name, string told)
    {
        var text = await RefusalAsync($$"""{"prompt": "x", "image": "photo.png", "region": {{Part}}, "{{name}}": "any"}""");

        text.ShouldNotContain('\n');
        text.ShouldStartWith($"{name}: expected to be omitted (");
        text.ShouldContain(told);
    }

    [Theory]
    [InlineData("Feather", ", \"feather\": 8", "feather: expected 0 to 7 pixels (a quarter of the region's shorter side, 30) but received 8. Nearest legal: 7.")]
    [InlineData("below nothing", ", \"feather\": -1", "feather: expected 0 or more pixels but received -1. Nearest legal: 0.")]
    public async Task A_feather_that_does_not_fit_has_a_nearest_one(string why, string more, string told) =>
        (await RefusalAsync($$"""{"prompt": "x", "image": "photo.png", "region": {{Part}}{{more}}}""")).ShouldBe(told, why);

    [Theory]
    [InlineData("7")]
    [InlineData("0")]
    public async Task A_feather_that_fits_is_taken(string feather)
    {
        var plan = await PlanAsync("photo.png", Part, more: $", \"feather\": {feather}");

        plan.GetProperty("region").GetProperty("feather").GetRawText().ShouldBe(feather);
    }

    [Fact]
    public async Task A_sketch_of_a_wrong_call_costs_no_image()
    {
        await RefusalAsync("""{"prompt": "x", "image": "photo.png", "region": [{"x": 2, "y": 0, "width": 1, "height": 1, "units": "fractions"}]}""");

        var listed = await bench.CallSuccessfullyAsync("list_images", """{"query": "x"}""");
        listed.GetProperty("images").GetArrayLength().ShouldBe(0);
    }

    private static bool IsInside(int x, int y) => x is >= 40 and < 80 && y is >= 30 and < 60;

    private static (int Inside, int Outside) Changed(PngPixels drawn, PngPixels original, Func<int, int, bool> isInside)
    {
        var (inside, outside) = (0, 0);
        for (var pixel = 0; pixel < drawn.Size.PixelCount; pixel++)
        {
            var (x, y) = (pixel % drawn.Size.Width, pixel / drawn.Size.Width);
            var differs = !drawn[x, y].SequenceEqual(original[x, y]);
            inside += differs && isInside(x, y) ? 1 : 0;
            outside += differs && !isInside(x, y) ? 1 : 0;
        }

        return (inside, outside);
    }

    private Task<string> RefusalAsync(string arguments) => bench.RefusalAsync(Tool, arguments);

    private Task<JsonElement> DoneAsync(string image, string region, string more = "") =>
        bench.CallSuccessfullyAsync(Tool, $$"""{"prompt": "a hat", "image": "{{image}}", "region": {{region}}{{more}}}""");

    private Task<JsonElement> PlanAsync(string image, string region, string more = "") => DoneAsync(image, region, more + ", \"dry_run\": true");
}
