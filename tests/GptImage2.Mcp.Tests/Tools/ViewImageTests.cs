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
    public async Task Shows_a_detail_in_full_sharpness()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "wide.png", new Dimensions(2000, 1000));

        var result = await ViewAsync(server, new() { ["image"] = "wide.png", ["crop"] = new Dictionary<string, object> { ["x"] = 0.5, ["y"] = 0.5, ["width"] = 0.25, ["height"] = 0.5 } });

        Shown(result).ShouldBe(new Dimensions(500, 500));
    }

    [Fact]
    public async Task Reads_preview_units_as_pixels_of_the_preview()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        Put(server, "wide.png", new Dimensions(3136, 1568));

        var result = await ViewAsync(server, new() { ["image"] = "wide.png", ["crop"] = new Dictionary<string, object> { ["x"] = 100, ["y"] = 0, ["width"] = 200, ["height"] = 100, ["units"] = "preview" } });

        Shown(result).ShouldBe(new Dimensions(400, 200));
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
