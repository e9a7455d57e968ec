using GptImage2.Testing.Hosts;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Apps;

/// <summary>Who is told of the page in the chat, and what of it.</summary>
public sealed class AppsExtensionTests
{
    private const string Page = "ui://gptimage2/studio.html";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("2025-06-18")]
    public async Task A_client_that_shows_pages_is_told_which_tools_have_one_in_every_way_that_hosts_read(string? protocol)
    {
        await using var server = await McpHost.StartAsync(protocol: protocol, configure: AppsClient.Announce, cancellationToken: Cancellation);

        var tools = await server.Client.ListToolsAsync(cancellationToken: Cancellation);

        var shown = tools.Single(tool => tool.Name == "generate_image").ProtocolTool.Meta!;
        shown["ui"]!["resourceUri"]!.ToString().ShouldBe(Page);
        shown["ui/resourceUri"]!.ToString().ShouldBe(Page);
        shown["openai/outputTemplate"]!.ToString().ShouldBe(Page);
        tools.Single(tool => tool.Name == "list_presets").ProtocolTool.Meta.ShouldBeNull();
        tools.Single(tool => tool.Name == "studio_action").ProtocolTool.Meta!["ui"]!["visibility"]!.ToJsonString().ShouldBe("""["app"]""");
        server.Client.ServerCapabilities.Extensions!.Keys.ShouldContain(AppsClient.Extension);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-06-18")]
    public async Task Any_other_client_sees_nothing_of_it(string? protocol)
    {
        await using var server = await McpHost.StartAsync(protocol: protocol, cancellationToken: Cancellation);

        var tools = await server.Client.ListToolsAsync(cancellationToken: Cancellation);
        var resources = await server.Client.ListResourcesAsync(cancellationToken: Cancellation);
        var refused = await Should.ThrowAsync<McpException>(() => server.CallAsync("studio_action", """{"action":"jobs"}"""));

        JsonSerializer.Serialize(tools.Select(tool => tool.ProtocolTool), McpJsonUtilities.DefaultOptions).ShouldNotContain("\"_meta\"");
        tools.ShouldNotContain(tool => tool.Name == "studio_action");
        resources.ShouldNotContain(resource => resource.Uri == Page);
        (server.Client.ServerCapabilities.Extensions?.Keys ?? []).ShouldNotContain(AppsClient.Extension);
        refused.Message.ShouldContain("Unknown tool");
        refused.Message.Split("There are:")[1].ShouldNotContain("studio_action");
    }

    [Fact]
    public async Task ChatGpt_gets_the_page_without_having_announced_anything()
    {
        await using var server = await McpHost.StartAsync(client: "openai-mcp", cancellationToken: Cancellation);

        var tools = await server.Client.ListToolsAsync(cancellationToken: Cancellation);

        tools.Single(tool => tool.Name == "view_image").ProtocolTool.Meta!["openai/outputTemplate"]!.ToString().ShouldBe(Page);
    }

    [Fact]
    public async Task A_client_that_shows_other_pages_only_is_as_any_other()
    {
        await using var server = await McpHost.StartAsync(
            configure: options => options.Capabilities = new() { Extensions = new Dictionary<string, object> { [AppsClient.Extension] = JsonElement.Parse("""{"mimeTypes":["text/other"]}""") } },
            cancellationToken: Cancellation);

        (await server.Client.ListToolsAsync(cancellationToken: Cancellation)).ShouldNotContain(tool => tool.Name == "studio_action");
    }

    [Fact]
    public async Task The_page_is_one_small_file_that_asks_for_nothing()
    {
        await using var server = await AppsClient.StartAsync();

        var listed = (await server.Client.ListResourcesAsync(cancellationToken: Cancellation)).Single(resource => resource.Uri == Page);
        var page = (await server.Client.ReadResourceAsync(Page, cancellationToken: Cancellation)).Contents.OfType<TextResourceContents>().Single();

        listed.MimeType.ShouldBe("text/html;profile=mcp-app");
        page.MimeType.ShouldBe("text/html;profile=mcp-app");
        page.Meta!["ui"]!["csp"]!.AsObject().ShouldBeEmpty();
        page.Text.ShouldStartWith("<!doctype html>");
        Encoding.UTF8.GetByteCount(page.Text).ShouldBeLessThan(60_000);
        page.Text.ShouldNotContain("<!-- s");
        foreach (var forbidden in (string[])["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "http://", "https://", "XMLHttpRequest", "localStorage"])
        {
            page.Text.ShouldNotContain(forbidden, Case.Sensitive);
        }
    }
}
