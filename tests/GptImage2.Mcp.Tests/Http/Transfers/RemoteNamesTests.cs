using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Http.Transfers;

/// <summary>What a caller on another machine can write for an image, and what it is not offered.</summary>
public sealed class RemoteNamesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_of_the_server_means_its_image_to_the_owner_and_nothing_to_others()
    {
        await using var server = await TransferServer.StartAsync();
        var made = await server.CallAsync("generate_image", new() { ["prompt"] = "a red fox" });
        var link = made.StructuredContent!.Value.GetProperty("images")[0].GetProperty("download_url").GetString()!;
        await using var other = await server.Server.ConnectAsync("ben", cancellationToken: Cancellation);

        var seen = await server.CallAsync("view_image", new() { ["image"] = link });
        var refused = await other.CallToolAsync("view_image", new Dictionary<string, object?> { ["image"] = link }, cancellationToken: Cancellation);

        seen.Content.OfType<ImageContentBlock>().ShouldHaveSingleItem();
        refused.IsError.ShouldBe(true);
        Text(refused).ShouldContain("not_found");
    }

    [Fact]
    public async Task A_mistyped_id_is_no_file()
    {
        await using var server = await TransferServer.StartAsync();

        var refused = await server.CallAsync("view_image", new() { ["image"] = "img_123" });

        refused.IsError.ShouldBe(true);
        Text(refused).ShouldNotContain("curl");
        Text(refused).ShouldContain("list_images");
    }

    [Fact]
    public async Task What_writes_files_of_the_server_is_not_offered_and_is_refused()
    {
        await using var server = await TransferServer.StartAsync();

        var tools = await server.Client.ListToolsAsync(cancellationToken: Cancellation);
        var refused = await server.CallAsync("generate_image", new() { ["prompt"] = "a red fox", ["save_to"] = "/tmp/fox.png" });

        tools.ShouldAllBe(tool => !Regex.IsMatch(tool.Description + tool.JsonSchema.GetRawText(), @"\bpaths?\b|file://|inbox"));
        tools.ShouldAllBe(tool => !tool.JsonSchema.GetRawText().Contains("\"save_to\"") && !tool.JsonSchema.GetRawText().Contains("\"overwrite\""));
        refused.IsError.ShouldBe(true);
        Text(refused).ShouldContain("save_to");
    }

    private static string Text(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
