using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools;

public sealed class ComposeBoardTests : IAsyncLifetime
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("board-");

    private McpHost? _server;

    private McpHost Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await McpHost.StartAsync([("GPTIMAGE2_OUTPUTS__ROOTS", _project.FullName)], cancellationToken: TestContext.Current.CancellationToken);
        Put("one.png", new Dimensions(320, 180));
        Put("two.png", new Dimensions(320, 180));
        Put("tall.png", new Dimensions(90, 240));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _project.Delete(recursive: true);
    }

    [Fact]
    public async Task A_board_is_a_stored_image_that_cost_nothing_and_the_answer_shows_it()
    {
        var made = await CallAsync("""{"images": ["one.png", "two.png", "tall.png"], "captions": ["At dawn", "The bridge"], "title": "The river"}""");

        var image = Images(made).ShouldHaveSingleItem();
        image.GetProperty("format").GetString().ShouldBe("png");
        using var board = Image.Open(EncodedImage.FromFile(image.GetProperty("path").GetString()!));
        board.Size.ShouldBe(new Dimensions(image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32()));
        made.Json.GetProperty("cost").GetProperty("unit").GetString().ShouldBe("none");
        made.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        made.Text.ShouldStartWith("Made 1 image with board (local) in ");
        made.Text.ShouldContain("Cost: nothing.");
        made.Text.Length.ShouldBeLessThan(450);
    }

    [Fact]
    public async Task The_record_names_the_images_and_the_words_on_the_board_by_which_it_is_found()
    {
        var one = (await CallAsync("generate_image", """{"prompt": "a fox", "view": "none"}""")).Json.GetProperty("images")[0].GetProperty("id").GetString();

        var id = Images(await CallAsync($$"""{"images": ["{{one}}", "two.png"], "captions": ["At dawn"], "title": "The river"}"""))[0].GetProperty("id").GetString();

        var read = await Server.Client.ReadResourceAsync($"image://{id}/record", cancellationToken: TestContext.Current.CancellationToken);
        var record = JsonElement.Parse(read.Contents.OfType<TextResourceContents>().First().Text);
        record.GetProperty("prompt").GetString().ShouldBe("The river\nAt dawn");
        record.TryGetProperty("prompt_as_sent", out _).ShouldBeFalse();
        record.GetProperty("tool").GetString().ShouldBe("compose_board");
        record.GetProperty("inputs")[0].GetProperty("image").GetString().ShouldBe(one);
        record.GetProperty("inputs").GetArrayLength().ShouldBe(2);
        (await CallAsync("list_images", """{"query": "river dawn"}""")).Text.ShouldContain(id!);
    }

    [Fact]
    public async Task A_board_without_words_is_named_by_its_images()
    {
        await CallAsync("""{"images": ["one.png", "two.png"]}""");

        (await CallAsync("list_images", """{"query": "board"}""")).Text.ShouldContain("Board of 2 images");
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("webp")]
    public async Task The_plan_tells_the_exact_size_and_makes_nothing(string format)
    {
        var words = string.Concat(Enumerable.Repeat("long words ", 40));
        var arguments = $$"""{"images": ["one.png", "tall.png", "two.png"], "captions": ["{{words}}"], "columns": 2, "format": "{{format}}" MORE }""";

        var planned = await CallAsync(arguments.Replace("MORE", ", \"dry_run\": true", StringComparison.Ordinal));
        var made = Images(await CallAsync(arguments.Replace("MORE", "", StringComparison.Ordinal)))[0];

        Images(planned).ShouldBeEmpty();
        planned.Text.ShouldContain(
            $"PLAN, nothing was sent: 1 image of {made.GetProperty("width").GetInt32()}x{made.GetProperty("height").GetInt32()}, {format}, by board (local). It costs nothing.");
        made.GetProperty("format").GetString().ShouldBe(format);
    }

    [Fact]
    public async Task Words_on_a_board_mean_no_image_of_the_call() =>
        Images(await CallAsync("""{"images": ["one.png"], "captions": ["Image 7, which nobody sent"], "title": "Reference 9"}""")).ShouldHaveSingleItem();

    [Fact]
    public async Task A_copy_is_saved_where_it_was_asked_for()
    {
        var path = Path.Combine(_project.FullName, "boards", "river.png");

        var made = await CallAsync(new JsonObject { ["images"] = new JsonArray("one.png", "two.png"), ["save_to"] = path, ["view"] = "none" }.ToJsonString());

        Images(made)[0].GetProperty("copies")[0].GetString().ShouldBe(path);
        File.ReadAllBytes(path).ShouldBe(File.ReadAllBytes(Images(made)[0].GetProperty("path").GetString()!));
        made.Content.OfType<ImageContentBlock>().ShouldBeEmpty();
    }

    [Fact]
    public async Task All_missing_images_are_named_together()
    {
        var refused = await RefuseAsync("""{"images": ["one.png", "no.png", "two.png", "img_aaaaaaaaaaaaaaaa"]}""");

        refused.ShouldContain("images[1]: there is no file \"no.png\"");
        refused.ShouldContain("images[3]: no image has the id \"img_aaaaaaaaaaaaaaaa\"");
    }

    [Theory]
    [InlineData("""{"images": ["one.png", "two.png"], "captions": ["a", "b", "c"]}""", "captions: expected at most 2, one for each image in order but received 3.")]
    [InlineData("""{"images": []}""", "images: expected 1 to 24 images but received 0.")]
    [InlineData("""{"images": ["one.png"], "columns": 25}""", "columns: expected ")]
    [InlineData("""{"images": ["one.png"], "compression": 50}""", "compression: ")]
    public async Task What_makes_no_board_is_refused(string arguments, string told) => (await RefuseAsync(arguments)).ShouldContain(told);

    [Fact]
    public async Task Too_many_images_are_refused() =>
        (await RefuseAsync(new JsonObject { ["images"] = new JsonArray([.. Enumerable.Repeat("one.png", 25).Select(name => (JsonNode)name)]) }.ToJsonString()))
            .ShouldContain("images: expected 1 to 24 images but received 25.");

    [Fact]
    public async Task A_damaged_image_is_named()
    {
        var intact = PngEncoder.Gradient(new Dimensions(320, 180), 1);
        Server.PutIntoInbox("half.png", intact[..(intact.Length / 2)]);

        (await RefuseAsync("""{"images": ["one.png", "half.png"]}""")).ShouldContain("images[1]: expected an intact image");
    }

    [Fact]
    public async Task One_image_can_be_given_alone_and_captions_can_be_blank() =>
        Images(await CallAsync("""{"images": "one.png", "captions": [" "], "title": ""}""")).ShouldHaveSingleItem();

    private static JsonElement[] Images(CallToolResult result) => [.. result.Json.GetProperty("images").EnumerateArray()];

    private void Put(string name, Dimensions size) => Server.PutIntoInbox(name, PngEncoder.Gradient(size, 1));

    private Task<CallToolResult> CallAsync(string arguments) => CallAsync("compose_board", arguments);

    private async Task<CallToolResult> CallAsync(string tool, string arguments)
    {
        var result = await Server.CallAsync(tool, arguments);
        result.IsError.ShouldNotBe(true, result.Text);
        return result;
    }

    private async Task<string> RefuseAsync(string arguments)
    {
        var result = await Server.CallAsync("compose_board", arguments);
        result.IsError.ShouldBe(true, result.Text);
        return result.Text;
    }
}
