using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools;

/// <summary>How an image was made is told in full, and the call that it prints makes its like.</summary>
public sealed class RecipeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("generate_image", """{"prompt": "a \"fox\" in snow, größer", "quality": "low", "width": 1024, "height": 640, "count": 2, "format": "webp", "compression": 80, "view": "none"}""")]
    [InlineData("generate_image", """{"prompt": "a fox", "resize_to": "1920x1080", "background": "opaque", "view": "none"}""")]
    [InlineData("edit_with_references", """{"prompt": "at night", "references": [{"image": "photo.png", "role": "base"}, {"image": "$id", "role": "style", "note": "only its colours"}, {"image": "$data"}], "view": "none"}""")]
    [InlineData("inpaint_region", """{"prompt": "a door", "image": "$id", "region": [{"x": 0.25, "y": 0.25, "width": 0.5, "height": 0.5}, {"shape": "ellipse", "x": 10, "y": 20, "width": 200, "height": 100, "units": "pixels"}], "feather": 4, "references": [{"image": "photo.png"}]}""")]
    [InlineData("inpaint_region", """{"prompt": "a door", "image": "photo.png", "region": [{"x": 40, "y": 80, "width": 300, "height": 200, "units": "preview"}, {"points": [[400, 90], [700, 100], [600, 400]], "units": "preview"}], "invert": true}""")]
    public async Task The_printed_call_sends_the_same_request(string tool, string arguments)
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var server = await McpHost.StartAsync(McpCallExtensions.Settings(service), cancellationToken: Cancellation);
        server.PutIntoInbox("photo.png", PngEncoder.Gradient(new Dimensions(2000, 1200), 3));
        var first = (await server.MakeAsync(McpCallExtensions.Fox)).Images[0];
        var data = "data:image/png;base64," + Convert.ToBase64String(PngEncoder.Gradient(new Dimensions(300, 200), 5));
        await server.UseAsync("view_image", new() { ["image"] = "photo.png", ["max_edge"] = 900 });
        var made = await server.CallAsync(tool, arguments.Replace("$id", first, StringComparison.Ordinal).Replace("$data", data, StringComparison.Ordinal));
        made.IsError.ShouldBeNull(made.Text);

        // Whatever has been shown since, the call means the same.
        await server.UseAsync("view_image", new() { ["image"] = "photo.png", ["max_edge"] = 300 });
        var recipe = (await server.UseAsync("view_image", new() { ["image"] = made.Images[^1], ["recipe"] = true })).Text;
        var call = recipe[(recipe.LastIndexOf("\nCall: ", StringComparison.Ordinal) + 7)..].Split(' ', 2);
        var like = await server.CallAsync(call[0], call[1]);

        like.IsError.ShouldBeNull(like.Text + recipe);
        like.Images.ShouldNotBe(made.Images);
        call[0].ShouldBe(tool);
        Describe(service.Orders[^1]).ShouldBe(Describe(service.Orders[^2]), recipe);
        (like.Json.GetProperty("images")[0].GetProperty("width").GetInt32()).ShouldBe(made.Json.GetProperty("images")[0].GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task Tells_everything_that_was_asked_and_sent_and_what_it_cost()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var server = await McpHost.StartAsync(McpCallExtensions.Settings(service), cancellationToken: Cancellation);
        var fox = (await server.MakeAsync(McpCallExtensions.Fox)).Images[0];
        var edit = await server.CallAsync("edit_with_references", $$"""{"prompt": "at night", "references": [{"image": "{{fox}}", "role": "base", "note": "It is Mira."}], "quality": "high"}""");
        var path = edit.Json.GetProperty("images")[0].GetProperty("path").GetString()!;

        var text = (await server.UseAsync("view_image", new() { ["image"] = path, ["recipe"] = true })).Text;

        text.ShouldContain($"{edit.Images[0]}: ");
        text.ShouldContain(" by edit_with_references with gpt-image-2 (openai). It cost $0.");
        text.ShouldContain("quality high, background auto.");
        text.ShouldContain($"Image 1: base, {fox}, note: It is Mira.");
        text.ShouldContain("\nPrompt: at night\nPrompt as sent:\nImage 1 is ");
        var resource = await server.Client.ReadResourceAsync($"image://{edit.Images[0]}/record", cancellationToken: Cancellation);
        resource.Contents.OfType<TextResourceContents>().Select(content => content.MimeType).ShouldBe(["application/json", "text/plain"]);
        resource.Contents.OfType<TextResourceContents>().Last().Text.ShouldBe(text);
    }

    [Fact]
    public async Task Says_so_where_something_is_no_longer_there()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var data = "data:image/png;base64," + Convert.ToBase64String(PngEncoder.Gradient(new Dimensions(300, 200), 5));
        var edit = await server.CallAsync("edit_with_references", $$"""{"prompt": "at night", "references": [{"image": "{{data}}", "role": "base"}]}""");
        Directory.Delete(Path.Combine(server.Root, ".inputs"), recursive: true);

        var text = (await server.UseAsync("view_image", new() { ["image"] = edit.Images[0], ["recipe"] = true })).Text;

        text.ShouldContain("Image 1: base, no longer there");
        text.ShouldEndWith("No call can repeat it, because an image, mask or region that it used is no longer there.");
    }

    [Theory]
    [InlineData("""{"image": "photo.png", "recipe": true}""", "image: expected an image that was made here, for recipe but received \"photo.png\".")]
    [InlineData("""{"images": ["photo.png"], "recipe": true}""", "recipe: expected image alone with recipe (it is a text about one image) but received images or crop.")]
    public async Task Is_there_for_images_made_here_alone(string arguments, string refusal)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        server.PutIntoInbox("photo.png", PngEncoder.Gradient(new Dimensions(20, 12), 3));

        (await server.CallAsync("view_image", arguments)).Text.Split("\nCall: ")[0].ShouldBe(refusal);
    }

    private static string Describe(ImageOrder order) => string.Join(
        '\n',
        [
            order.Model,
            order.Prompt,
            $"{order.Count} {order.Size} {order.Quality} {order.Background} {order.Format} {order.Compression}",
            .. order.Images.Append(order.Mask).OfType<ReceivedImage>().Select(image => $"{image.Size} {image.Format} {Convert.ToHexString(SHA256.HashData(image.Bytes.Span))}"),
        ]);
}
