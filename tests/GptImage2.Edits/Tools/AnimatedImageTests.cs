using GptImage2.Imaging;
using GptImage2.Imaging.Vips;

namespace GptImage2.Edits.Tools;

/// <summary>Of an animation one frame is used, and every tool says so before it is paid for.</summary>
public sealed class AnimatedImageTests(EditToolsFixture bench) : IClassFixture<EditToolsFixture>
{
    private const string Told = "it is animated (3 frames); the first frame is used, and what comes of it is a still image.";

    private static readonly Dimensions Size = new(160, 120);

    public static TheoryData<string, string, string> Calls => new()
    {
        { "inpaint_region", """{"prompt": "a hat", "image": "#", "region": [{"x": 0.3, "y": 0.3, "width": 0.3, "height": 0.3}]}""", "image" },
        { "edit_with_references", """{"prompt": "a hat", "references": [{"image": "photo.png"}, {"image": "#"}]}""", "references[1].image" },
        { "edit_with_references", """{"prompt": "a hat", "references": [{"image": "#"}]}""", "references[0].image" },
        { "remove_background", """{"image": "#"}""", "image" },
        { "compose_board", """{"images": ["photo.png", "#"]}""", "images[1]" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task The_plan_and_the_result_say_which_frame_is_used(string tool, string arguments, string argument)
    {
        var name = Put("gifsave_target");

        var made = await bench.CallSuccessfullyAsync(tool, arguments.Replace("#", name, StringComparison.Ordinal));

        EditToolsFixture.Warnings(made).ShouldContain($"{argument}: {Told}");
        made.GetProperty("images").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("gifsave_target")]
    [InlineData("webpsave_target")]
    public async Task A_dry_run_says_it_as_well(string saver)
    {
        var plan = await bench.CallSuccessfullyAsync(
            "inpaint_region", $$"""{"prompt": "a hat", "image": "{{Put(saver)}}", "region": [{"x": 0.3, "y": 0.3, "width": 0.3, "height": 0.3}], "dry_run": true}""");

        EditToolsFixture.Warnings(plan).ShouldContain($"image: {Told}");
    }

    [Fact]
    public async Task So_it_does_of_a_mask()
    {
        var plan = await bench.CallSuccessfullyAsync(
            "inpaint_region", $$"""{"prompt": "a hat", "image": "photo.png", "mask": "{{Put("gifsave_target", [255, 255, 255, 255], [0, 0, 0, 255])}}", "dry_run": true}""");

        EditToolsFixture.Warnings(plan).ShouldContain($"mask: {Told}");
    }

    [Fact]
    public async Task So_does_a_view()
    {
        EditToolsFixture.Text(await bench.CallAsync("view_image", $$"""{"image": "{{Put("gifsave_target")}}"}""")).ShouldEndWith($" Note: {Told}");
        EditToolsFixture.Text(await bench.CallAsync("view_image", $$"""{"image": "{{Put("gifsave_target")}}", "crop": {"x": 0, "y": 0, "width": 0.5, "height": 0.5} }""")).ShouldEndWith($" Note: {Told}");
        EditToolsFixture.Text(await bench.CallAsync("view_image", """{"image": "photo.png"}""")).ShouldNotContain("Note:");
    }

    [Fact]
    public async Task Pages_are_no_frames()
    {
        var plan = await bench.CallSuccessfullyAsync(
            "inpaint_region", $$"""{"prompt": "a hat", "image": "{{Put("tiffsave")}}", "region": [{"x": 0.3, "y": 0.3, "width": 0.3, "height": 0.3}], "dry_run": true}""");

        EditToolsFixture.Warnings(plan).ShouldContain("image: it has 3 pages, of which the first is used.");
    }

    /// <summary>A disc that wanders to the right, three times.</summary>
    private string Put(string saver, byte[]? disc = null, byte[]? ground = null)
    {
        var pixels = Enumerable.Range(0, 3).SelectMany(frame => Enumerable.Range(0, (int)Size.PixelCount).SelectMany(pixel =>
            EditToolsFixture.IsDisc((pixel % Size.Width) - (frame * 4), pixel / Size.Width) ? disc ?? [200, 40, 30, 255] : ground ?? [0, 177, 64, 255])).ToArray();
        using var strip = VipsImage.FromRgba(pixels, new Dimensions(Size.Width, Size.Height * 3));
        var name = $"wandering{disc?.Length}.{saver[..saver.IndexOf("save", StringComparison.Ordinal)]}";
        bench.Put(name, Save(new VipsOperation(saver).With("in", strip).With("page_height", Size.Height), saver));
        return name;
    }

    /// <summary>TIFF through a file: libvips goes back in one that it writes.</summary>
    private static byte[] Save(VipsOperation operation, string saver)
    {
        if (saver is "tiffsave")
        {
            var file = Path.GetTempFileName();
            operation.With("filename", file).Run();
            var saved = File.ReadAllBytes(file);
            File.Delete(file);
            return saved;
        }

        using var stream = new MemoryStream();
        using (var target = new VipsTarget(stream))
        {
            operation.With("target", target).Run();
        }

        return stream.ToArray();
    }
}
