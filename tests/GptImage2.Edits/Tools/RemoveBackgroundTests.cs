using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Testing.Images;

namespace GptImage2.Edits.Tools;

public sealed class RemoveBackgroundTests(EditToolsFixture bench) : IClassFixture<EditToolsFixture>
{
    [Theory]
    [InlineData("", "png")]
    [InlineData(", \"format\": \"webp\"", "webp")]
    [InlineData(", \"method\": \"key\", \"format\": \"webp\", \"compression\": 80", "webp")]
    public async Task The_stored_file_really_has_alpha(string more, string format)
    {
        var made = await bench.CallSuccessfullyAsync("remove_background", $$"""{"image": "disc.png"{{more}}}""");

        var image = made.GetProperty("images").EnumerateArray().ShouldHaveSingleItem();
        image.GetProperty("format").GetString().ShouldBe(format);
        var cut = EditToolsFixture.Pixels(image);
        (cut[5, 5][3], cut[80, 60][3]).ShouldBe(((byte)0, (byte)255));
        image.GetProperty("see_through").GetDouble().ShouldBe(AlphaInspector.Inspect(EncodedImage.FromFile(image.GetProperty("path").GetString()!)).TransparentShare, 1e-6);
    }

    [Fact]
    public async Task What_white_is_inside_the_subject_stays_until_somebody_says_that_it_is_a_hole()
    {
        var kept = await bench.CallSuccessfullyAsync("remove_background", """{"image": "ring.png"}""");
        var opened = await bench.CallSuccessfullyAsync("remove_background", """{"image": "ring.png", "holes": "open"}""");

        EditToolsFixture.Pixels(kept.GetProperty("images")[0])[80, 60][3].ShouldBe((byte)255);
        EditToolsFixture.Pixels(opened.GetProperty("images")[0])[80, 60][3].ShouldBe((byte)0);
        kept.GetProperty("summary").GetString()!.ShouldContain("It was kept; if those are holes, call again with holes: open.");
        opened.GetProperty("summary").GetString()!.ShouldNotContain("It was kept");
    }

    [Fact]
    public async Task It_costs_nothing_and_no_model_is_told_anything()
    {
        var made = await bench.CallSuccessfullyAsync("remove_background", """{"image": "disc.png", "view": "none"}""");

        made.TryGetProperty("prompt", out _).ShouldBeFalse();
        made.GetProperty("cost").GetProperty("unit").GetString().ShouldBe("none");
        var record = await bench.RecordAsync(made.GetProperty("images")[0].GetProperty("id").GetString()!);
        record.TryGetProperty("prompt_as_sent", out _).ShouldBeFalse();
        record.GetProperty("see_through").GetDouble().ShouldBe(made.GetProperty("images")[0].GetProperty("see_through").GetDouble(), 1e-6);
        record.GetProperty("tool").GetString().ShouldBe("remove_background");
    }

    [Fact]
    public async Task The_prompt_of_an_image_of_ours_stands_in_the_record_however_long()
    {
        var words = new string('x', 32_000);
        var made = await bench.CallSuccessfullyAsync("generate_image", new JsonObject { ["prompt"] = words, ["width"] = 1024, ["height"] = 640, ["view"] = "none" }.ToJsonString());

        // A sketch stands on plain paper.
        var cut = await bench.CallSuccessfullyAsync("remove_background", $$"""{"image": "{{made.GetProperty("images")[0].GetProperty("id").GetString()}}", "view": "none"}""");

        (await bench.RecordAsync(cut.GetProperty("images")[0].GetProperty("id").GetString()!)).GetProperty("prompt").GetString().ShouldBe($"{words} (background removed)");
    }

    [Fact]
    public async Task A_dry_run_makes_nothing() =>
        (await bench.CallSuccessfullyAsync("remove_background", """{"image": "disc.png", "dry_run": true}""")).GetProperty("images").GetArrayLength().ShouldBe(0);

    [Theory]
    [InlineData("busy", "received a background with a texture", "edit_with_references with cutout: true redraws the subject")]
    [InlineData("white on white", "received an image that is #ffffff all over", "Look at it with view_image")]
    [InlineData("transparent", "is transparent", "use it as it is")]
    [InlineData("checkerboard", "received a painted checkerboard", "edit_with_references with cutout: true redraws the subject")]
    public async Task What_cannot_be_cut_well_is_refused_with_advice(string what, string why, string advice)
    {
        bench.Put("hard.png", Hard(what));

        var text = await bench.RefusalAsync("remove_background", """{"image": "hard.png"}""");

        text.ShouldContain("cutout_refused: image: expected ");
        text.ShouldContain(why);
        text.ShouldContain(advice);
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("white on white")]
    [InlineData("transparent")]
    [InlineData("checkerboard")]
    public async Task A_dry_run_promises_nothing_that_the_cut_would_not_keep(string what)
    {
        bench.Put("planned.png", Hard(what));

        var planned = await bench.RefusalAsync("remove_background", """{"image": "planned.png", "dry_run": true}""");

        planned.ShouldStartWith("cutout_refused: image: expected ");
        (await bench.RefusalAsync("remove_background", """{"image": "planned.png"}""")).ShouldEndWith(planned);
    }

    [Theory]
    [InlineData(", \"format\": \"jpeg\"", "format: expected one of png, webp but received \"jpeg\". Nearest legal: png.")]
    [InlineData(", \"compression\": 50", "compression: expected to be omitted with format png (it is for webp) but received a value.")]
    [InlineData(", \"method\": \"flat\"", "method: expected one of auto, key, model but received \"flat\". Nearest legal: key.")]
    [InlineData(", \"method\": \"model\"", "method: expected auto or key, because no model is set up here (the user can fetch a model that cuts out of any background, free, with gptimage2-mcp model add isnet-general-use, and set GPTIMAGE2_MATTING__MODEL), but received \"model\". Nearest legal: auto.")]
    [InlineData(", \"prompt\": \"x\"", "prompt: expected to be omitted (this tool needs no prompt) but received \"x\".")]
    [InlineData(", \"width\": 64", "width: expected to be omitted (the images decide the size here) but received 64.")]
    public async Task Wrong_arguments_are_named(string more, string told) =>
        (await bench.RefusalAsync("remove_background", $$"""{"image": "disc.png"{{more}}}""")).ShouldBe(told);

    [Fact]
    public async Task The_hint_for_a_plain_background_is_a_call_that_works()
    {
        var hint = await bench.CallSuccessfullyAsync("remove_background_hint", """{"image": "disc.png"}""");

        hint.GetProperty("backdrop").GetString().ShouldBe("#00B140");
        hint.GetProperty("flat").GetBoolean().ShouldBeTrue();
        var next = hint.GetProperty("next")[0];
        next.GetProperty("tool").GetString().ShouldBe("remove_background");
        var made = await bench.CallSuccessfullyAsync("remove_background", next.GetProperty("arguments").GetRawText());
        made.GetProperty("images")[0].GetProperty("see_through").GetDouble().ShouldBeGreaterThan(0.7);
    }

    [Theory]
    [InlineData("busy", "A busy background")]
    [InlineData("white on white", "The subject has the backdrop's own colour")]
    [InlineData("checkerboard", "The transparency is only painted")]
    public async Task The_hint_for_any_other_is_a_call_that_can_be_made(string what, string said)
    {
        bench.Put("hinted.png", Hard(what));

        var hint = await bench.CallSuccessfullyAsync("remove_background_hint", """{"image": "hinted.png"}""");

        hint.GetProperty("summary").GetString()!.ShouldContain(said);
        await PlanAsync(hint.GetProperty("next")[0]);
    }

    [Fact]
    public async Task The_hint_for_a_cut_out_is_to_leave_it()
    {
        bench.Put("clear.png", Hard("transparent"));

        var hint = await bench.CallSuccessfullyAsync("remove_background_hint", """{"image": "clear.png"}""");

        hint.GetProperty("summary").GetString()!.ShouldContain("real transparency already");
        hint.TryGetProperty("next", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_hint_for_a_subject_makes_a_cut_out()
    {
        var hint = await bench.CallSuccessfullyAsync("remove_background_hint", """{"subject": "a green frog"}""");

        var next = hint.GetProperty("next")[0];
        var plan = await PlanAsync(next);
        plan.GetProperty("prompt").GetString()!.ShouldStartWith("a green frog\n\nThe subject stands alone");
        plan.GetProperty("prompt").GetString()!.ShouldNotContain("pure green");
    }

    [Fact]
    public async Task A_hint_about_an_image_sent_along_does_not_send_it_back()
    {
        var picture = "data:image/png;base64," + Convert.ToBase64String(NoisePng.Create(new Dimensions(160, 120), 1));

        var hint = await bench.CallSuccessfullyAsync("remove_background_hint", $$"""{"image": "{{picture}}"}""");

        hint.GetRawText().Length.ShouldBeLessThan(2_000);
        hint.GetProperty("summary").GetString()!.ShouldContain("with the same image as in this call");
    }

    [Theory]
    [InlineData("{}", "image: expected an image, or in subject what is to be drawn but received neither.")]
    [InlineData("""{"subject": " "}""", "subject: expected what is to be drawn, in words but received blank text.")]
    [InlineData("""{"subject": 5}""", "subject: expected text but received 5.")]
    public async Task A_hint_about_nothing_is_refused(string arguments, string told) =>
        (await bench.RefusalAsync("remove_background_hint", arguments)).ShouldBe(told);

    [Theory]
    [InlineData("""{"prompt": "a fox", "cutout": true, "format": "jpeg"}""", "format: expected png or webp with cutout (jpeg has no transparency) but received jpeg. Nearest legal: png.")]
    [InlineData("""{"prompt": "a fox", "cutout": true, "format": "jpeg", "compression": 50}""", "format: expected png or webp with cutout (jpeg has no transparency) but received jpeg. Nearest legal: webp.")]
    [InlineData("""{"prompt": "a fox", "cutout": true, "background": "opaque"}""", "background: expected to be omitted with cutout (which delivers the subject on a transparent background) but received opaque.")]
    public async Task A_cut_out_that_cannot_be_delivered_is_refused(string arguments, string told) =>
        (await bench.RefusalAsync("generate_image", arguments)).ShouldBe(told);

    private static byte[] Hard(string what) => what switch
    {
        "busy" => EditToolsFixture.Draw((x, y) => [(byte)(x * 37 + y * 91), (byte)(x * y), (byte)(x * 53), 255]).Encode(alpha: false),
        "white on white" => EditToolsFixture.Draw((x, y) => EditToolsFixture.IsDisc(x, y) ? [253, 253, 253, 255] : [255, 255, 255, 255]).Encode(alpha: false),
        "transparent" => EditToolsFixture.Draw((x, y) => EditToolsFixture.IsDisc(x, y) ? [200, 40, 30, 255] : [0, 0, 0, 0]).Encode(alpha: true),
        _ => EditToolsFixture.Draw((x, y) => EditToolsFixture.IsDisc(x, y) ? [200, 40, 30, 255] : ((x / 8) + (y / 8)) % 2 is 0 ? [255, 255, 255, 255] : [204, 204, 204, 255]).Encode(alpha: false),
    };

    private Task<JsonElement> PlanAsync(JsonElement next) =>
        bench.CallSuccessfullyAsync(next.GetProperty("tool").GetString()!, $"{next.GetProperty("arguments").GetRawText()[..^1]}, \"dry_run\": true}}");
}
