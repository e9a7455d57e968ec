using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Callers;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Callers;

/// <summary>Which files a caller on another machine can name: those that the operator shares, by relative names, and none of its own.</summary>
public sealed class RemoteFileTests : IDisposable
{
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("outside-");
    private readonly DirectoryInfo _shared = Directory.CreateTempSubdirectory("shared-");

    public RemoteFileTests()
    {
        Directory.CreateDirectory(Path.Combine(_shared.FullName, "brand"));
        File.WriteAllBytes(Path.Combine(_shared.FullName, "brand", "logo.png"), NoisePng.Create(new Dimensions(40, 30), seed: 1));
        File.WriteAllBytes(Path.Combine(_outside.FullName, "secret.png"), NoisePng.Create(new Dimensions(20, 10), seed: 1));
        File.CreateSymbolicLink(Path.Combine(_shared.FullName, "way-out.png"), Path.Combine(_outside.FullName, "secret.png"));
        Directory.CreateSymbolicLink(Path.Combine(_shared.FullName, "door"), _outside.FullName);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shared_file_is_an_image_argument_by_its_relative_name_and_is_listed()
    {
        await using var server = await StartAsync();

        var listed = await CallAsync(server, "list_images", []);
        var viewed = await CallAsync(server, "view_image", new() { ["image"] = "brand/logo.png" });
        var made = await CallAsync(
            server, "edit_with_references", new() { ["prompt"] = "put it on a mug", ["references"] = new[] { new { image = "brand/logo.png" } } });

        Text(listed).ShouldEndWith("Shared files, among others, by name: brand/logo.png");
        listed.StructuredContent!.Value.GetProperty("shared").EnumerateArray().Select(name => name.GetString()).ShouldBe(["brand/logo.png"]);
        listed.StructuredContent.Value.GetProperty("inbox").GetArrayLength().ShouldBe(0);
        Text(viewed).ShouldContain("40x30");
        made.IsError.ShouldNotBe(true, Text(made));
        var recipe = await CallAsync(
            server, "view_image", new() { ["image"] = made.StructuredContent!.Value.GetProperty("images")[0].GetProperty("id").GetString(), ["recipe"] = true });
        Text(recipe).ShouldContain("\"image\":\"brand/logo.png\"");
    }

    [Theory]
    [InlineData("{shared}/brand/logo.png")]
    [InlineData("file://{shared}/brand/logo.png")]
    [InlineData("brand/../brand/logo.png")]
    [InlineData("../{name}/brand/logo.png")]
    [InlineData("./brand/logo.png")]
    [InlineData("~/logo.png")]
    [InlineData("C:/brand/logo.png")]
    [InlineData("C:\\brand\\logo.png")]
    [InlineData("brand\\logo.png")]
    [InlineData("\\\\server\\share\\logo.png")]
    [InlineData("brand//logo.png")]
    [InlineData("door/secret.png")]
    [InlineData("way-out.png")]
    [InlineData("brand/logo.png\0")]
    [InlineData("%2e%2e/logo.png")]
    [InlineData("brand")]
    [InlineData("secret.png")]
    [InlineData("inbox/private.png")]
    [InlineData("private.png")]
    public async Task No_other_name_reads_a_file_or_tells_where_one_is(string name)
    {
        await using var server = await StartAsync();
        Directory.CreateDirectory(Path.Combine(server.Root, "inbox"));
        await File.WriteAllBytesAsync(Path.Combine(server.Root, "inbox", "private.png"), NoisePng.Create(new Dimensions(20, 10), seed: 1), Cancellation);

        var viewed = await CallAsync(server, "view_image", new() { ["image"] = name.Replace("{shared}", _shared.FullName).Replace("{name}", _shared.Name) });

        viewed.IsError.ShouldBe(true);
        viewed.Content.OfType<ImageContentBlock>().ShouldBeEmpty();
        Text(viewed).ShouldNotContain(_outside.FullName);
        Text(viewed).ShouldNotContain(server.Root);
        if (!name.Contains("{shared}"))
        {
            Text(viewed).ShouldNotContain(_shared.FullName);
        }
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_answered_with_the_nearest_shared_one()
    {
        await using var server = await StartAsync();

        var viewed = await CallAsync(server, "view_image", new() { ["image"] = "brand/logos.png" });

        Text(viewed).ShouldBe("not_found: image: no shared file has the name \"brand/logos.png\". Nearest: brand/logo.png.\nCall: view_image {\"image\":\"brand/logo.png\"}");
    }

    [Fact]
    public async Task Nothing_is_shared_unless_the_operator_says_so()
    {
        await using var server = await StartAsync(shared: false);

        (await CallAsync(server, "view_image", new() { ["image"] = "brand/logo.png" })).IsError.ShouldBe(true);
        Text(await CallAsync(server, "list_images", [])).ShouldBe("No images yet.");
    }

    /// <summary>A shared folder may contain the store, or be it: what others made there is still theirs.</summary>
    [Fact]
    public async Task The_store_is_never_shared()
    {
        await using var mine = await McpHost.StartAsync(cancellationToken: Cancellation);
        var made = await mine.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox" }, cancellationToken: Cancellation);
        var path = made.StructuredContent!.Value.GetProperty("images")[0].GetProperty("path").GetString()!;
        await using var server = await StartAsync(sharedFolder: Path.GetDirectoryName(mine.Root), root: mine.Root);

        var viewed = await CallAsync(server, "view_image", new() { ["image"] = Path.GetRelativePath(Path.GetDirectoryName(mine.Root)!, path) });

        viewed.IsError.ShouldBe(true);
        Text(viewed).ShouldContain("is outside the folders that are shared");
    }

    [Theory]
    [InlineData("/home/me/fox.png", "/home/me/fox.png")]
    [InlineData("file:///home/me/a%20fox.png", "'/home/me/a fox.png'")]
    [InlineData("~/fox.png", "\"$HOME\"/fox.png")]
    [InlineData("/home/me/it's $(rm -rf ~) `x`.png", @"'/home/me/it'\''s $(rm -rf ~) `x`.png'")]
    [InlineData(@"C:\Users\me\fox.png", @"'C:\Users\me\fox.png'")]
    [InlineData("../fox.png", "../fox.png")]
    public async Task A_path_of_the_callers_machine_is_answered_with_the_command_that_uploads_it(string path, string quoted)
    {
        await using var server = await StartAsync(shared: false);

        var viewed = await CallAsync(server, "view_image", new() { ["image"] = path });
        var edited = await CallAsync(server, "remove_background", new() { ["image"] = path });

        foreach (var refused in (CallToolResult[])[viewed, edited])
        {
            refused.IsError.ShouldBe(true);
            Text(refused).ShouldStartWith("not_allowed: image: files of your machine cannot be read here, and ");
            Text(refused).ShouldEndWith($"\ncurl -sS -H \"Authorization: Bearer $TOKEN\" --data-binary @{quoted} https://images.example/uploads");
        }
    }

    [Fact]
    public async Task The_command_has_no_token_where_the_server_asks_for_none()
    {
        await using var server = await StartAsync(shared: false, needsToken: false);

        Text(await CallAsync(server, "view_image", new() { ["image"] = "fox.png" })).ShouldEndWith("\ncurl -sS --data-binary @fox.png https://images.example/uploads");
    }

    public void Dispose()
    {
        _shared.Delete(recursive: true);
        _outside.Delete(recursive: true);
    }

    private Task<McpHost> StartAsync(bool shared = true, bool needsToken = true, string? sharedFolder = null, string? root = null) => McpHost.StartAsync(
        environment: shared ? [("GPTIMAGE2_INPUTS__ROOTS", sharedFolder ?? _shared.FullName)] : [],
        root: root,
        services: services => services.AddSingleton<ICallerAccessor>(new RemoteCallerAccessor(new ServerAddress("https://images.example", needsToken))),
        cancellationToken: Cancellation);

    private static async Task<CallToolResult> CallAsync(McpHost server, string tool, Dictionary<string, object?> arguments) =>
        await server.Client.CallToolAsync(tool, arguments, cancellationToken: Cancellation);

    private static string Text(CallToolResult result) => result.Content.OfType<TextContentBlock>().First().Text;
}
