using GptImage2.Testing.Hosts;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Results;

/// <summary>What a client sees of an image that the store did not take.</summary>
public sealed class RelocatedImageResultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_path_is_where_it_really_lies()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        await BreakRootAsync(server);

        var result = await MakeAsync(server);

        var image = result.StructuredContent!.Value.GetProperty("images")[0];
        var path = image.GetProperty("path").GetString()!;
        path.ShouldStartWith(server.Temporary);
        Text(result).ShouldContain(path);
        (await File.ReadAllBytesAsync(path, Cancellation)).Length.ShouldBe(image.GetProperty("bytes").GetInt32());
        await ShouldBeTheSameEverywhereAsync(server, result, path);
    }

    [Fact]
    public async Task It_has_no_path_where_no_disk_took_it()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        await BreakRootAsync(server);
        await File.WriteAllTextAsync(server.Temporary, "a file where a folder should be", Cancellation);

        var result = await MakeAsync(server);

        var image = result.StructuredContent!.Value.GetProperty("images")[0];
        image.TryGetProperty("path", out _).ShouldBeFalse();
        Text(result).ShouldContain($": image://{image.GetProperty("id").GetString()}");
        Text(result).ShouldNotContain("memory:");
        result.Content.OfType<ResourceLinkBlock>().ShouldAllBe(link => !link.Name.Contains(':'));
        await ShouldBeTheSameEverywhereAsync(server, result, null);
    }

    /// <summary>There is an image, so it is no error; but nobody should take it for one that lies where it belongs.</summary>
    private static async Task ShouldBeTheSameEverywhereAsync(McpHost server, CallToolResult result, string? path)
    {
        var made = result.StructuredContent!.Value;
        var image = made.GetProperty("images")[0];
        result.IsError.ShouldNotBe(true);
        result.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        made.GetProperty("job").GetProperty("status").GetString().ShouldBe("partial");
        made.GetProperty("failure").GetProperty("code").GetString().ShouldBe("storage_failed");
        made.GetProperty("failure").GetProperty("billed").GetString().ShouldBe("no");
        Text(result).ShouldContain("The image is safe: ");
        Text(result).ShouldNotContain("before it failed");

        var listed = (await server.Client.CallToolAsync("list_images", cancellationToken: Cancellation)).StructuredContent!.Value.GetProperty("images")[0];
        listed.GetProperty("id").GetString().ShouldBe(image.GetProperty("id").GetString());
        (listed.TryGetProperty("path", out var there) ? there.GetString() : null).ShouldBe(path);

        var read = await server.Client.ReadResourceAsync(image.GetProperty("uri").GetString()!, cancellationToken: Cancellation);
        read.Contents.OfType<BlobResourceContents>().ShouldHaveSingleItem().DecodedData.Length.ShouldBe(image.GetProperty("bytes").GetInt32());
    }

    /// <summary>Where the folder of the day should be, there is a file; the catalog beside it works.</summary>
    private static async Task BreakRootAsync(McpHost server)
    {
        foreach (var day in (int[])[0, 1])
        {
            var name = TimeProvider.System.GetUtcNow().AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await File.WriteAllTextAsync(Path.Combine(server.Root, name), "a file", Cancellation);
        }
    }

    private static async Task<CallToolResult> MakeAsync(McpHost server) =>
        await server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox" }, cancellationToken: Cancellation);

    private static string Text(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
