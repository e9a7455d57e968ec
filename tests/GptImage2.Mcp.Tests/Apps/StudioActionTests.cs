using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Apps;

/// <summary>studio_action as the page calls it.</summary>
public sealed class StudioActionTests
{
    private const int MaxData = 512 << 10;

    [Fact]
    public async Task An_edit_is_opened_with_what_it_was_made_from()
    {
        await using var server = await AppsClient.StartAsync();
        var made = await MakeAsync(server);
        var edited = (await server.CallAsync("inpaint_region", $$"""{"image":"{{made}}","prompt":"a hat","region":[{"x":0.2,"y":0.2,"width":0.3,"height":0.3}]}""")).Json.GetProperty("images")[0].GetProperty("id").GetString()!;

        var opened = (await ActAsync(server, $$"""{"action":"open","image":"{{edited}}"}""")).Json;
        var alone = (await ActAsync(server, $$"""{"action":"open","image":"{{made}}"}""")).Json;

        opened.GetProperty("image").GetProperty("prompt").GetString().ShouldBe("a hat");
        opened.GetProperty("image").GetProperty("region").GetProperty("changed_outside").GetDouble().ShouldBe(0);
        opened.GetProperty("image").GetProperty("path").GetString().ShouldStartWith(server.Root);
        opened.GetProperty("image").GetProperty("preview").GetString().ShouldStartWith("data:image/");
        opened.GetProperty("base").GetProperty("id").GetString().ShouldBe(made);
        alone.TryGetProperty("base", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_part_has_the_images_own_pixels()
    {
        await using var server = await AppsClient.StartAsync();
        var photo = Noise(new Dimensions(700, 500));
        server.PutIntoInbox("photo.png", photo.Encode(alpha: false));

        var part = (await ActAsync(server, """{"action":"part","image":"photo.png","x":340,"y":120,"width":340,"height":330}""")).Json;

        part.GetProperty("exact").GetBoolean().ShouldBeTrue();
        var shown = PngFile.Read(FromDataUri(part.GetProperty("data").GetString()!)).Decode();
        shown.Size.ShouldBe(new Dimensions(340, 330));
        for (var y = 0; y < shown.Size.Height; y++)
        {
            shown.Row(y).SequenceEqual(photo.Row(y + 120).Slice(340 * 4, 340 * 4)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_part_that_is_too_much_for_a_message_is_compressed_and_says_so()
    {
        await using var server = await AppsClient.StartAsync();
        server.PutIntoInbox("noise.png", Noise(new Dimensions(1600, 1200)).Encode(alpha: false));

        var part = (await ActAsync(server, """{"action":"part","image":"noise.png","x":0,"y":0,"width":1600,"height":1200}""")).Json;

        part.GetProperty("exact").GetBoolean().ShouldBeFalse();
        part.GetProperty("data").GetString()!.Length.ShouldBeLessThanOrEqualTo(MaxData);
    }

    [Fact]
    public async Task Favourites_are_the_callers_own_and_stay()
    {
        await using var server = await AppsClient.StartAsync();
        var (first, second) = (await MakeAsync(server), await MakeAsync(server, "a bicycle"));

        await ActAsync(server, $$"""{"action":"favourite","image":"{{first}}","on":true}""");
        await ActAsync(server, $$"""{"action":"favourite","image":"{{second}}","on":true}""");
        var one = (await ActAsync(server, """{"action":"list","favourites":true,"limit":1}""")).Json;
        var other = (await ActAsync(server, $$"""{"action":"list","favourites":true,"limit":1,"cursor":"{{one.GetProperty("next_cursor").GetString()}}"}""")).Json;
        await ActAsync(server, $$"""{"action":"favourite","image":"{{second}}","on":false}""");
        var left = (await ActAsync(server, """{"action":"list","favourites":true}""")).Json;

        GetIds(one).ShouldBe([second]);
        GetIds(other).ShouldBe([first]);
        other.TryGetProperty("next_cursor", out _).ShouldBeFalse();
        GetIds(left).ShouldBe([first]);
        left.GetProperty("images")[0].GetProperty("thumb").GetString().ShouldStartWith("data:image/");
        GetIds((await ActAsync(server, """{"action":"list","query":"bicycle"}""")).Json).ShouldBe([second]);
    }

    [Fact]
    public async Task A_mask_is_kept_by_a_name_that_a_call_takes()
    {
        await using var server = await AppsClient.StartAsync();
        var made = await MakeAsync(server);
        var mask = Convert.ToBase64String(PngEncoder.Gradient(new(1024, 1024), 1, alpha: true));

        var kept = (await ActAsync(server, $$"""{"action":"keep_mask","mask":"data:image/png;base64,{{mask}}"}""")).Json.GetProperty("mask").GetString();
        var planned = await server.CallAsync("inpaint_region", $$"""{"image":"{{made}}","prompt":"a hat","mask":"{{kept}}","dry_run":true}""");

        planned.IsError.ShouldNotBe(true, planned.Text);
        planned.Text.ShouldContain("of the image would change");
    }

    [Fact]
    public async Task A_job_that_a_page_has_watched_can_be_cancelled_and_says_what_it_costs()
    {
        await using var server = await AppsClient.StartAsync([("GPTIMAGE2_SKETCH__DELAYSECONDS", "600"), ("GPTIMAGE2_BACKEND", "sketch"), ("GPTIMAGE2_JOBS__WAITSECONDS", "1")]);
        var job = (await server.CallAsync("generate_image", """{"prompt":"a slow fox"}""")).Json.GetProperty("job").GetProperty("id").GetString();

        var watched = (await ActAsync(server, $$"""{"action":"job","job":"{{job}}"}""")).Json;
        var listed = (await ActAsync(server, """{"action":"jobs"}""")).Json;
        var cancelled = (await ActAsync(server, $$"""{"action":"cancel","job":"{{job}}"}""")).Json;

        watched.GetProperty("job").GetProperty("status").GetString().ShouldBe("running");
        watched.GetProperty("doing").GetString().ShouldNotBeNullOrEmpty();
        listed.GetProperty("jobs")[0].GetProperty("id").GetString().ShouldBe(job);
        cancelled.GetProperty("job").GetProperty("status").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_board_is_told_with_all_versions_of_its_panels()
    {
        await using var server = await AppsClient.StartAsync();
        var board = (await server.CallAsync("create_storyboard", """{"title":"Fox","panels":[{"action":"a fox runs","caption":"Away!"},{"action":"a hound","shot":"CU"}],"preset":"square"}""")).Json.GetProperty("board").GetProperty("id").GetString();
        await server.CallAsync("update_storyboard", $$"""{"board":"{{board}}","panels":[{"panel":2,"redraw":true}]}""");

        var told = (await ActAsync(server, $$"""{"action":"board","board":"{{board}}"}""")).Json.GetProperty("board");

        told.GetProperty("panels")[0].GetProperty("caption").GetString().ShouldBe("Away!");
        told.GetProperty("panels")[1].GetProperty("versions").GetArrayLength().ShouldBe(2);
        told.GetProperty("panels")[1].GetProperty("version").GetInt32().ShouldBe(2);
        told.GetProperty("panels")[1].GetProperty("state").GetString().ShouldBe("drawn");
    }

    [Theory]
    [InlineData("""{"action":"open"}""", "image: expected a value for action open")]
    [InlineData("""{"action":"opn","image":"x"}""", "Nearest legal: open")]
    [InlineData("""{}""", "action")]
    [InlineData("""{"action":"open","image":"img_aaaaaaaaaaaaaaaa"}""", "no image has the id")]
    [InlineData("""{"action":"open","image":"/etc/passwd"}""", "outside the folders")]
    [InlineData("""{"action":"part","image":"photo.png","x":0,"y":0,"width":9000,"height":10}""", "inside the image, which is 64x48")]
    [InlineData("""{"action":"part","image":"photo.png","x":-1,"y":0,"width":9,"height":10}""", "x: expected")]
    [InlineData("""{"action":"thumbs","images":[]}""", "at least one image")]
    [InlineData("""{"action":"list","cursor":"nonsense"}""", "next_cursor")]
    [InlineData("""{"action":"favourite","image":"photo.png","on":true}""", "made here")]
    [InlineData("""{"action":"job","job":"job_none"}""", "job: expected")]
    [InlineData("""{"action":"board","board":"board_none"}""", "board: expected")]
    [InlineData("""{"action":"keep_mask","mask":"data:image/png;base64,AAAA"}""", "mask")]
    [InlineData("""{"action":"jobs","delete":true}""", "delete")]
    public async Task A_wrong_call_is_refused_as_strictly_as_by_any_tool(string arguments, string expected)
    {
        await using var server = await AppsClient.StartAsync();
        server.PutIntoInbox("photo.png", PngEncoder.Gradient(new(64, 48), 1));

        var refused = await server.CallAsync("studio_action", arguments);

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain(expected);
    }

    private static async Task<CallToolResult> ActAsync(McpHost server, string arguments)
    {
        var result = await server.CallAsync("studio_action", arguments);
        result.IsError.ShouldNotBe(true, result.Text);
        return result;
    }

    private static async Task<string> MakeAsync(McpHost server, string prompt = "a fox") =>
        (await server.CallAsync("generate_image", $$"""{"prompt":"{{prompt}}"}""")).Json.GetProperty("images")[0].GetProperty("id").GetString()!;

    private static string?[] GetIds(JsonElement list) => [.. list.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("id").GetString())];

    private static PngPixels Noise(Dimensions size)
    {
        var rgba = new byte[size.PixelCount * 4];
        new Random(5).NextBytes(rgba);
        for (var at = 3; at < rgba.Length; at += 4)
        {
            rgba[at] = 255;
        }

        return new PngPixels(size, rgba);
    }

    private static byte[] FromDataUri(string uri) => Convert.FromBase64String(uri[(uri.IndexOf(',', StringComparison.Ordinal) + 1)..]);
}
