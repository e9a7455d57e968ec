using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Edits.Tools;

/// <summary>Masks instead of parts, as a caller meets them.</summary>
public sealed class MaskTests(EditToolsFixture bench) : IClassFixture<EditToolsFixture>
{
    [Fact]
    public async Task White_changes_and_the_result_says_how_it_was_read()
    {
        var plan = await PlanAsync("mask.png");

        plan.GetProperty("region").GetProperty("coverage").GetDouble().ShouldBe(0.0625);
        EditToolsFixture.Warnings(plan)[0].ShouldMatch("^mask: read so that its white pixels change, 6.[23] % of the image. Set invert if it means the opposite; dry_run shows it.$");
    }

    [Fact]
    public async Task Inverted_black_changes() => (await PlanAsync("mask.png", ", \"invert\": true")).GetProperty("region").GetProperty("coverage").GetDouble().ShouldBe(0.9375);

    [Fact]
    public async Task Transparent_changes()
    {
        bench.Put("alpha.png", EditToolsFixture.Draw((x, y) => [(byte)x, (byte)y, 90, x < 40 ? (byte)0 : (byte)255]).Encode(alpha: true));

        var plan = await PlanAsync("alpha.png");

        plan.GetProperty("region").GetProperty("coverage").GetDouble().ShouldBe(0.25);
        EditToolsFixture.Warnings(plan)[0].ShouldContain("its transparent pixels change");
    }

    [Fact]
    public async Task Another_size_is_scaled_with_a_warning()
    {
        bench.Put("double.png", new PngPixels(new Dimensions(320, 240), [.. Enumerable.Range(0, 320 * 240).SelectMany(pixel => pixel % 320 < 80 ? (byte[])[255, 255, 255, 255] : [0, 0, 0, 255])]).Encode(alpha: false));

        var plan = await PlanAsync("double.png");

        plan.GetProperty("region").GetProperty("coverage").GetDouble().ShouldBe(0.25, 0.01);
        EditToolsFixture.Warnings(plan).ShouldContain("mask: it is 320x240 and was scaled to the image's 160x120.");
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(", \"feather\": 5", 5)]
    public async Task Greys_of_a_soft_mask_are_weights_and_get_a_feather_only_when_it_is_asked_for(string more, int feather)
    {
        bench.Put("soft.png", EditToolsFixture.Draw((x, _) => [.. Enumerable.Repeat((byte)Math.Clamp((x - 60) * 8, 0, 255), 3), 255]).Encode(alpha: false));

        var plan = await PlanAsync("soft.png", more);

        plan.GetProperty("region").GetProperty("feather").GetInt32().ShouldBe(feather);
        EditToolsFixture.Warnings(plan).ShouldContain("mask: its edges are soft, so its greys are the weight of the change, and no feather is added to them. feather adds one.");
        // All that changes at all, from the second step of the ramp on: the first is as dark as what lossy encoding leaves.
        plan.GetProperty("region").GetProperty("coverage").GetDouble().ShouldBe((160 - 62) / 160.0, 1e-9);
    }

    [Fact]
    public async Task A_soft_mask_pastes_by_its_weight()
    {
        bench.Put("soft.png", EditToolsFixture.Draw((x, _) => [.. Enumerable.Repeat((byte)Math.Clamp((x - 60) * 8, 0, 255), 3), 255]).Encode(alpha: false));

        var made = await bench.CallSuccessfullyAsync("inpaint_region", """{"prompt": "x", "image": "disc.png", "mask": "soft.png", "view": "none"}""");

        var drawn = EditToolsFixture.Pixels(made.GetProperty("images")[0]);
        Enumerable.Range(0, 120).Sum(y => Enumerable.Range(0, 62).Count(x => !drawn[x, y].SequenceEqual(EditToolsFixture.Disc[x, y]))).ShouldBe(0);
        made.GetProperty("images")[0].GetProperty("region").GetProperty("changed_outside").GetDouble().ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 0, 255, "received one that changes nothing: it has no white")]
    [InlineData(255, 255, 255, "received one that changes all of it: it has no black")]
    [InlineData(120, 120, 255, "received an opaque image of which only")]
    [InlineData(0, 0, 0, "received an image that is transparent everywhere")]
    public async Task A_mask_that_tells_nothing_is_refused(byte left, byte right, byte alpha, string told)
    {
        bench.Put("useless.png", EditToolsFixture.Draw((x, _) => [x < 80 ? left : right, left, left, alpha]).Encode(alpha: true));

        var text = await bench.RefusalAsync("inpaint_region", Arguments(", \"mask\": \"useless.png\""));

        text.ShouldStartWith("unreadable_image: mask: expected ");
        text.ShouldContain(told);
    }

    [Fact]
    public async Task Another_shape_is_refused_with_the_nearest() =>
        (await bench.RefusalAsync("inpaint_region", Arguments(", \"mask\": \"tall.png\""))).ShouldContain("but received 120x240. Draw the mask over the whole upright image; at its width it would be 120x90.");

    [Theory]
    [InlineData("", "region: expected region or mask, which say what may change (look where it is), but received neither.")]
    [InlineData(", \"mask\": \"mask.png\", \"region\": {\"x\": 0, \"y\": 0, \"width\": 0.5, \"height\": 1}", "mask: expected either region or mask but received both.")]
    public async Task It_is_either_a_region_or_a_mask(string said, string told) =>
        (await bench.RefusalAsync("inpaint_region", Arguments(said))).ShouldBe(told);

    [Fact]
    public async Task The_image_and_the_mask_are_both_named_when_both_are_missing()
    {
        var text = await bench.RefusalAsync("inpaint_region", """{"prompt": "x", "image": "no.png", "mask": "none.png"}""");

        text.Split('\n').Length.ShouldBe(2);
        text.ShouldContain("image: there is no file \"no.png\"");
        text.ShouldContain("mask: there is no file \"none.png\"");
    }

    [Fact]
    public async Task The_callers_files_are_let_go_of()
    {
        var mask = bench.Put("let-go.png", await File.ReadAllBytesAsync(Path.Combine(bench.Server.Root, "inbox", "mask.png"), TestContext.Current.CancellationToken));
        var image = bench.Put("let-go-too.png", PngEncoder.Gradient(new Dimensions(160, 120), 9));

        await PlanAsync("let-go.png", ", \"references\": [{\"image\": \"let-go-too.png\"}]");
        await bench.RefusalAsync("inpaint_region", """{"prompt": "x", "image": "let-go-too.png", "mask": "let-go-too.png"}""");
        await bench.RefusalAsync("edit_with_references", """{"prompt": "x", "references": [{"image": "let-go-too.png"}, {"image": "none.png"}]}""");

        Open().ShouldNotContain(mask);
        Open().ShouldNotContain(image);

        static string?[] Open() => OperatingSystem.IsLinux() ? [.. new DirectoryInfo("/proc/self/fd").EnumerateFiles().Select(file => file.LinkTarget)] : [];
    }

    private Task<JsonElement> PlanAsync(string mask, string more = "") =>
        bench.CallSuccessfullyAsync("inpaint_region", Arguments($", \"mask\": \"{mask}\"{more}"));

    private static string Arguments(string more) => $$"""{"prompt": "x", "image": "photo.png", "dry_run": true{{more}}}""";
}
