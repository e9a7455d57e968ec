using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools;

public sealed class ViewImageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_an_image_of_the_store_by_its_id()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var made = await server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a lighthouse" }, cancellationToken: Cancellation);
        var id = made.StructuredContent!.Value.GetProperty("images")[0].GetProperty("id").GetString()!;

        var result = await ViewAsync(server, new() { ["image"] = id, ["max_edge"] = 256 });

        Shown(result).ShouldBe(new Dimensions(256, 256));
        result.StructuredContent.ShouldBeNull();
    }

    [Fact]
    public async Task Shows_a_detail_enlarged_by_a_whole_number()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "wide.png", new Dimensions(2000, 1000));

        var result = await ViewAsync(server, new() { ["image"] = "wide.png", ["crop"] = new Dictionary<string, object> { ["x"] = 0.5, ["y"] = 0.5, ["width"] = 0.25, ["height"] = 0.5 } });

        Shown(result).ShouldBe(new Dimensions(1000, 1000));
        result.Text.ShouldContain("Shown: the part 500x500 at 1000,500, at 1000x1000, enlarged 2x;");
    }

    [Fact]
    public async Task Points_right_in_an_enlarged_detail()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "wide.png", new Dimensions(2000, 1000));
        await ViewAsync(server, new() { ["image"] = "wide.png", ["max_edge"] = 800, ["crop"] = new Dictionary<string, object> { ["x"] = 400, ["y"] = 200, ["width"] = 100, ["height"] = 50, ["units"] = "pixels" } });

        var result = await ViewAsync(server, new() { ["image"] = "wide.png", ["crop"] = new Dictionary<string, object> { ["x"] = 80, ["y"] = 40, ["width"] = 400, ["height"] = 200, ["units"] = "preview" } });

        result.Text.ShouldContain("the part 50x25 at 410,205, at 200x100, enlarged 4x");
    }

    [Fact]
    public async Task Never_enlarges_a_whole_image()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "small.png", new Dimensions(100, 50));

        Shown(await ViewAsync(server, new() { ["image"] = "small.png", ["max_edge"] = 800 })).ShouldBe(new Dimensions(100, 50));
    }

    [Fact]
    public async Task Reads_preview_units_as_pixels_of_the_preview()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "wide.png", new Dimensions(3136, 1568));

        var result = await ViewAsync(server, new() { ["image"] = "wide.png", ["crop"] = new Dictionary<string, object> { ["x"] = 100, ["y"] = 0, ["width"] = 200, ["height"] = 100, ["units"] = "preview" } });

        // Of a preview of 1517x758.
        result.Text.ShouldContain("the part 415x207 at 206,0");
    }

    [Theory]
    [InlineData("1024x1024", null)]
    [InlineData("1536x1024", "fractions (0-1) or pixels")]
    public async Task Takes_units_preview_after_the_file_itself_only_where_it_was_seen_as_it_is(string size, string? refusal)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var parsed = Dimensions.Parse(size);
        var made = await server.MakeAsync(new() { ["prompt"] = "a lighthouse", ["view"] = "full", ["width"] = parsed.Width, ["height"] = parsed.Height });
        Shown(made).ShouldBe(parsed);

        var result = await server.UseAsync("inpaint_region", new()
        {
            ["prompt"] = "a door",
            ["image"] = made.Images[0],
            ["region"] = new[] { new Dictionary<string, object> { ["x"] = 100, ["y"] = 100, ["width"] = 200, ["height"] = 200, ["units"] = "preview" } },
            ["dry_run"] = true,
        });

        result.IsError.ShouldBe(refusal is null ? null : true);
        result.Text.ShouldContain(refusal ?? "PLAN");
    }

    [Fact]
    public async Task Takes_no_units_preview_of_an_image_seen_on_a_sheet()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var made = await server.MakeAsync(new() { ["prompt"] = "a lighthouse", ["count"] = 2 });

        var result = await ViewAsync(server, new() { ["image"] = made.Images[1], ["crop"] = new Dictionary<string, object> { ["x"] = 100, ["y"] = 100, ["width"] = 200, ["height"] = 200, ["units"] = "preview" } });

        result.Text.ShouldContain("crop.units: expected fractions (0-1) or pixels, because it was last shown on a sheet");
    }

    [Fact]
    public async Task Shows_several_on_one_numbered_sheet()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var made = await server.MakeAsync(new() { ["prompt"] = "a lighthouse", ["width"] = 1024, ["height"] = 640 });
        Put(server, "wide.png", new Dimensions(2000, 1000));

        var result = await ViewAsync(server, new() { ["images"] = new[] { made.Images[0], "wide.png" } });

        result.Text.ShouldBe($"2 images on one sheet, {Shown(result)}:\n1. {made.Images[0]} 1024x640 png\n2. wide.png 2000x1000 png");
    }

    [Fact]
    public async Task Names_all_that_are_missing_together()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "wide.png", new Dimensions(20, 10));
        server.PutIntoInbox("no.png", [1, 2, 3]);

        var result = await server.CallAsync("view_image", """{"images": ["img_aaaaaaaaaaaaaaaa", "wide.png", "nothing.png", "no.png"]}""");

        result.IsError.ShouldBe(true);
        result.Text.ShouldContain("images[0]: no image has the id");
        result.Text.ShouldContain("images[2]: there is no file");
        result.Text.ShouldContain("images[3]: expected a PNG");
    }

    [Theory]
    [InlineData("""{"image": "nothing.png", "max_edge": 9}""", "image: there is no file")]
    [InlineData("""{"images": ["wide.png", "nothing.png"], "max_edge": 100}""", "images[1]: there is no file")]
    public async Task Names_the_missing_together_with_what_else_is_wrong(string arguments, string missing)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "wide.png", new Dimensions(20, 10));

        var result = await server.CallAsync("view_image", arguments);

        result.IsError.ShouldBe(true);
        result.Text.ShouldContain("max_edge: expected");
        result.Text.ShouldContain(missing);
    }

    [Fact]
    public async Task Says_which_of_several_is_damaged()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "wide.png", new Dimensions(20, 10));
        server.PutIntoInbox("cut.png", PngEncoder.Gradient(new Dimensions(200, 100), 1)[..60]);

        var result = await server.CallAsync("view_image", """{"images": ["wide.png", "cut.png"]}""");

        result.Text.ShouldContain("images: image 2: expected an intact image");
    }

    [Theory]
    [InlineData("{}", "image: expected image, or images for several but received neither.")]
    [InlineData("""{"image": "a.png", "images": ["b.png"]}""", "images: expected either image or images but received both.")]
    [InlineData("""{"images": []}""", "images: expected 1 to 16 images but received 0.")]
    [InlineData("""{"images": ["a.png"], "max_edge": 100}""", "max_edge: expected 256 or more for a sheet but received 100. Nearest legal: 256.")]
    [InlineData("""{"images": ["a.png"], "crop": {"x": 0, "y": 0, "width": 0.5, "height": 0.5}}""", "crop: expected to be omitted with images (a detail is of one image) but received a value.")]
    public async Task Takes_one_image_or_several(string arguments, string refusal)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "a.png", new Dimensions(20, 10));
        Put(server, "b.png", new Dimensions(10, 20));

        (await server.CallAsync("view_image", arguments)).Text.Split("\nCall: ")[0].ShouldBe(refusal);
    }

    [Theory]
    [InlineData("img_aaaaaaaaaaaaaaaa", "no image has the id \"img_aaaaaaaaaaaaaaaa\"")]
    [InlineData("nothing.png", "there is no file \"nothing.png\"")]
    [InlineData("/etc/passwd", "outside the folders that may be read")]
    [InlineData("/etc/there-is-no-such-file", "outside the folders that may be read")]
    [InlineData("/mnt/user-data/uploads/cat.png", "save the image into")]
    [InlineData("http://example.com/cat.png", "use https")]
    [InlineData("https://localhost/cat.png", "private network")]
    [InlineData("data:image/png;base64,AAAA", "expected")]
    [InlineData("", "expected an id (img_…), a path, an https:// address or a data: URI but received \"\"")]
    [InlineData(".", "is a folder")]
    [InlineData("file://server/share/cat.png", "a file: URI without a host")]
    public async Task Says_why_an_image_cannot_be_shown(string image, string why)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var result = await ViewAsync(server, new() { ["image"] = image });

        result.IsError.ShouldBe(true);
        result.Content.OfType<TextContentBlock>().Single().Text.ShouldContain(why);
    }

    [Fact]
    public async Task Follows_no_link_out_of_the_folders_that_may_be_read()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var outside = Directory.CreateTempSubdirectory("outside-");
        await File.WriteAllBytesAsync(Path.Combine(outside.FullName, "secret.png"), PngEncoder.Gradient(new Dimensions(16, 16), 1, false), Cancellation);
        Directory.CreateDirectory(Path.Combine(server.Root, "inbox"));
        Directory.CreateSymbolicLink(Path.Combine(server.Root, "inbox", "away"), outside.FullName);

        var result = await ViewAsync(server, new() { ["image"] = Path.Combine(server.Root, "inbox", "away", "secret.png") });

        result.Content.OfType<TextContentBlock>().Single().Text.ShouldContain("outside the folders that may be read");
        outside.Delete(recursive: true);
    }

    private static void Put(McpHost server, string name, Dimensions size)
    {
        Directory.CreateDirectory(Path.Combine(server.Root, "inbox"));
        File.WriteAllBytes(Path.Combine(server.Root, "inbox", name), PngEncoder.Gradient(size, 1, false));
    }

    private static Dimensions Shown(CallToolResult result) =>
        ImageHeader.Read(EncodedImage.FromMemory(result.Content.OfType<ImageContentBlock>().Single().DecodedData)).Size;

    private static Task<CallToolResult> ViewAsync(McpHost server, Dictionary<string, object?> arguments) =>
        server.Client.CallToolAsync("view_image", arguments, cancellationToken: Cancellation).AsTask();
}
