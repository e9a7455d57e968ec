using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Tests.Callers;

/// <summary>What a caller sees to whom paths of the server's machine mean nothing, as over HTTP.</summary>
public sealed class RemoteCallerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_response_names_a_path_of_the_servers_machine()
    {
        await using var server = await StartAsync();
        Directory.CreateDirectory(Path.Combine(server.Root, "inbox"));
        await File.WriteAllBytesAsync(Path.Combine(server.Root, "inbox", "private.png"), [1], Cancellation);

        var made = await server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox", ["count"] = 2 }, cancellationToken: Cancellation);
        var job = made.StructuredContent!.Value.GetProperty("job").GetProperty("id").GetString();
        var uri = made.StructuredContent!.Value.GetProperty("images")[0].GetProperty("uri").GetString()!;
        var checkedAgain = await server.Client.CallToolAsync("check_job", new Dictionary<string, object?> { ["job"] = job }, cancellationToken: Cancellation);
        var listed = await server.Client.CallToolAsync("list_images", cancellationToken: Cancellation);
        var viewed = await server.Client.CallToolAsync("view_image", new Dictionary<string, object?> { ["image"] = uri }, cancellationToken: Cancellation);
        var record = await server.Client.ReadResourceAsync($"{uri}/record", cancellationToken: Cancellation);
        var recent = await server.Client.ReadResourceAsync("images://recent", cancellationToken: Cancellation);
        var resources = await server.Client.ListResourcesAsync(cancellationToken: Cancellation);

        string[] said =
        [
            .. new[] { made, checkedAgain, listed, viewed }.SelectMany(Texts),
            .. record.Contents.Concat(recent.Contents).OfType<TextResourceContents>().Select(text => text.Text),
            .. resources.Select(resource => $"{resource.Uri} {resource.Name} {resource.Title} {resource.Description}"),
        ];
        listed.StructuredContent!.Value.GetProperty("images").GetArrayLength().ShouldBe(2);
        said.ShouldAllBe(text => !text.Contains(server.Root) && !text.Contains($"\"path\": \"{TimeProvider.System.GetUtcNow().Year}-") && !text.Contains("private.png"));
        made.StructuredContent.Value.GetProperty("images")[0].TryGetProperty("path", out _).ShouldBeFalse();
        Texts(made).First().ShouldContain(uri);
    }

    /// <summary>A folder in place of the catalog fails every call before there is a job.</summary>
    [Fact]
    public async Task Neither_does_an_error_without_a_job()
    {
        await using var server = await StartAsync();
        Directory.CreateDirectory(Path.Combine(server.Root, "catalog.db"));

        var made = await server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox" }, cancellationToken: Cancellation);
        var listed = await server.Client.CallToolAsync("list_images", cancellationToken: Cancellation);
        var recent = await Should.ThrowAsync<McpProtocolException>(() => server.Client.ReadResourceAsync("images://recent", cancellationToken: Cancellation).AsTask());

        made.IsError.ShouldBe(true);
        listed.IsError.ShouldBe(true);
        string[] said = [.. Texts(made), .. Texts(listed), recent.Message];
        said.ShouldContain(text => text.Contains("(store)"));
        said.ShouldAllBe(text => !text.Contains(server.Root));
    }

    [Fact]
    public async Task Copies_are_neither_written_nor_replaced()
    {
        await using var server = await StartAsync();
        var taken = Path.Combine(server.Root, "fox.png");
        await File.WriteAllTextAsync(taken, "mine", Cancellation);

        var refused = await server.Client.CallToolAsync(
            "generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox", ["save_to"] = taken, ["overwrite"] = true }, cancellationToken: Cancellation);

        refused.IsError.ShouldBe(true);
        Texts(refused).First().ShouldStartWith("save_to: expected no path, because files of your machine cannot be written from here");
        (await File.ReadAllTextAsync(taken, Cancellation)).ShouldBe("mine");
    }

    /// <summary>As on an unauthenticated loopback, where both are the user of the machine.</summary>
    [Fact]
    public async Task A_job_that_the_same_owner_started_over_stdio_names_no_path_either()
    {
        await using var local = await McpHost.StartAsync(cancellationToken: Cancellation);
        File.WriteAllText(Path.Combine(local.Root, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}"), "in the way of the folder of the day");
        var made = await local.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox" }, cancellationToken: Cancellation);
        await using var remote = await McpHost.StartAsync(
            root: local.Root, services: services => services.AddSingleton<ICallerAccessor, LoopbackCallerAccessor>(), cancellationToken: Cancellation);

        var seen = await remote.Client.CallToolAsync("check_job", new Dictionary<string, object?> { ["job"] = made.JobId }, cancellationToken: Cancellation);

        Texts(made).ShouldContain(text => text.Contains(local.Root));
        Texts(seen).ShouldAllBe(text => !text.Contains(local.Root));
        seen.JobId.ShouldBe(made.JobId);
    }

    [Fact]
    public async Task Images_of_another_owner_are_not_listed()
    {
        await using var local = await McpHost.StartAsync(cancellationToken: Cancellation);
        await local.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox" }, cancellationToken: Cancellation);
        await using var remote = await StartAsync(local.Root);

        var listed = await remote.Client.CallToolAsync("list_images", cancellationToken: Cancellation);

        listed.StructuredContent!.Value.GetProperty("images").GetArrayLength().ShouldBe(0);
    }

    private static Task<McpHost> StartAsync(string? root = null) =>
        McpHost.StartAsync(root: root, services: services => services.AddSingleton<ICallerAccessor>(new RemoteCallerAccessor()), cancellationToken: Cancellation);

    private static IEnumerable<string> Texts(CallToolResult result) =>
        [.. result.Content.OfType<TextContentBlock>().Select(block => block.Text), .. result.Content.OfType<ResourceLinkBlock>().Select(link => $"{link.Uri} {link.Name}"), $"{result.StructuredContent}"];

    private sealed class LoopbackCallerAccessor : ICallerAccessor
    {
        public CallerSession GetSession(MessageContext request) => new(Caller.Local with { LocalPathsAllowed = false }, "loopback");
    }
}
