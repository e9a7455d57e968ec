using GptImage2.Testing.Hosts;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Http;

public sealed class HttpServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Every_revision_lists_calls_and_reads_at_one_address(string revision)
    {
        await using var server = await HttpServer.StartAsync(cancellationToken: Cancellation);
        await using var client = await server.ConnectAsync(protocol: revision, cancellationToken: Cancellation);

        var tools = await client.ListToolsAsync(cancellationToken: Cancellation);
        var made = await client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox" }, cancellationToken: Cancellation);
        var id = made.Content.OfType<TextContentBlock>().Select(text => Regex.Match(text.Text, "img_[a-z0-9]{16}")).First(match => match.Success).Value;
        var read = await client.ReadResourceAsync($"image://{id}", cancellationToken: Cancellation);

        client.NegotiatedProtocolVersion.ShouldBe(revision);
        tools.Count.ShouldBe(14);
        made.IsError.ShouldNotBe(true);
        read.Contents.OfType<BlobResourceContents>().ShouldHaveSingleItem().MimeType.ShouldBe("image/png");
    }
}
