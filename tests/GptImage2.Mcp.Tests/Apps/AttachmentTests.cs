using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Apps;

/// <summary>What a user attaches in the chat, in a client that keeps it in a root by the name of uploads.</summary>
public sealed class AttachmentTests : IDisposable
{
    /// <summary>A revision in which a server asks for roots.</summary>
    private const string Protocol = "2025-11-25";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gptimage2-uploads-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("cat.png")]
    [InlineData("/mnt/user-data/uploads/cat.png")]
    [InlineData("attachment:cat.png")]
    public async Task An_attached_image_is_found_by_its_name(string name)
    {
        Attach("cat.png");
        await using var server = await StartAsync("uploads");

        var shown = await server.CallAsync("view_image", $$"""{"image":"{{name}}"}""");
        var listed = await server.CallAsync("list_images", "{}");

        shown.IsError.ShouldNotBe(true, shown.Text);
        shown.Text.ShouldContain("64x48");
        listed.Text.ShouldContain("Attached in the chat, by name: cat.png");
    }

    [Fact]
    public async Task What_is_attached_elsewhere_is_answered_as_before()
    {
        Attach("cat.png");
        await using var server = await StartAsync("projects");

        var refused = await server.CallAsync("view_image", """{"image":"/mnt/user-data/uploads/cat.png"}""");
        var byPath = await server.CallAsync("view_image", $$"""{"image":"{{Path.Combine(_folder.FullName, "cat.png")}}"}""");

        refused.Text.ShouldContain("a chat attachment is not");
        byPath.Text.ShouldContain("outside the folders that may be read");
    }

    [Fact]
    public async Task A_folder_that_comes_later_is_asked_for_when_the_client_says_so()
    {
        Attach("cat.png");
        var name = "none";
        await using var server = await StartAsync(() => name);
        (await server.CallAsync("view_image", """{"image":"cat.png"}""")).IsError.ShouldBe(true);

        name = "uploads";
        await server.Client.SendNotificationAsync("notifications/roots/list_changed", cancellationToken: Cancellation);
        var shown = await server.CallAsync("view_image", """{"image":"cat.png"}""");
        while (shown.IsError is true)
        {
            shown = await server.CallAsync("view_image", """{"image":"cat.png"}""");
        }

        shown.Text.ShouldContain("64x48");
    }

    [Fact]
    public async Task A_client_that_does_not_answer_costs_no_call()
    {
        await using var server = await McpHost.StartAsync(
            protocol: Protocol,
            configure: options =>
            {
                options.Capabilities = new() { Roots = new() };
                options.Handlers.RootsHandler = (_, _) => throw new InvalidOperationException("not now");
            },
            cancellationToken: Cancellation);

        (await server.CallAsync("list_images", "{}")).IsError.ShouldNotBe(true);
    }

    [Fact]
    public async Task A_root_that_is_the_whole_machine_is_not_taken()
    {
        await using var server = await StartAsync(() => "uploads", "/");

        var refused = await server.CallAsync("view_image", """{"image":"/etc/hostname"}""");

        refused.Text.ShouldContain("outside the folders that may be read");
    }

    private void Attach(string name) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), PngEncoder.Gradient(new(64, 48), 1));

    private Task<McpHost> StartAsync(string root) => StartAsync(() => root);

    private Task<McpHost> StartAsync(Func<string> root, string? path = null) => McpHost.StartAsync(
        protocol: Protocol,
        configure: options =>
        {
            options.Capabilities = new() { Roots = new() { ListChanged = true } };
            options.Handlers.RootsHandler = (_, _) => ValueTask.FromResult(new ListRootsResult { Roots = [new Root { Uri = new Uri(path ?? _folder.FullName).AbsoluteUri, Name = root() }] });
        },
        cancellationToken: Cancellation);
}
