using GptImage2.Generation.Storage;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Prompts.Completions;

/// <summary>Completion as a client sees it.</summary>
public sealed class CompletionHandlerTests
{
    private const string Owner = "local";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_server_says_that_it_completes_in_both_eras(string protocol)
    {
        await using var server = await McpHost.StartAsync(protocol: protocol, cancellationToken: Cancellation);

        server.Client.ServerCapabilities.Completions.ShouldNotBeNull();
        (await CompleteAsync(server, "image://{id}", "id", "img_")).Values.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("image://{id}")]
    [InlineData("image://{id}/preview")]
    [InlineData("image://{id}/record")]
    public async Task The_id_of_every_template_of_images_is_completed_newest_first(string template)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var (older, newer) = (await MakeAsync(server, "a lighthouse"), await MakeAsync(server, "a fox"));

        var all = await CompleteAsync(server, template, "id", "");
        var one = await CompleteAsync(server, template, "id", older[..10].ToUpperInvariant());

        all.Values.ShouldBe([newer, older]);
        (all.Total, all.HasMore).ShouldBe((2, false));
        one.Values.ShouldBe([older]);
    }

    [Theory]
    [InlineData("image://{id}", "name")]
    [InlineData("guide://{name}", "id")]
    public async Task An_argument_with_nothing_to_suggest_is_no_error(string template, string argument)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        await MakeAsync(server, "a fox");

        (await CompleteAsync(server, template, argument, "")).Values.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_prompt_or_template_that_does_not_exist_is_a_protocol_error()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var prompt = await Should.ThrowAsync<McpProtocolException>(async () =>
            await server.Client.CompleteAsync(new PromptReference { Name = "nothing" }, "image", "", cancellationToken: Cancellation));
        var template = await Should.ThrowAsync<McpProtocolException>(() => CompleteAsync(server, "image://{nothing}", "id", ""));

        (prompt.ErrorCode, template.ErrorCode).ShouldBe((McpErrorCode.InvalidParams, McpErrorCode.InvalidParams));
        prompt.Message.ShouldContain("There is no prompt \"nothing\".");
        template.Message.ShouldContain("There is no resource template \"image://{nothing}\".");
    }

    [Fact]
    public async Task An_answer_has_a_hundred_values_at_most_and_says_when_there_are_more()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        await AddAsync(server, 100);
        var full = await CompleteAsync(server, "image://{id}", "id", "");
        await AddAsync(server, 1);
        var over = await CompleteAsync(server, "image://{id}", "id", "");

        (full.Values.Count, full.Total, full.HasMore).ShouldBe((100, 100, false));
        (over.Values.Count, over.Total, over.HasMore).ShouldBe((100, null, true));
    }

    private static async Task<Completion> CompleteAsync(McpHost server, string template, string argument, string typed) =>
        (await server.Client.CompleteAsync(new ResourceTemplateReference { Uri = template }, argument, typed, cancellationToken: Cancellation)).Completion;

    private static async Task<string> MakeAsync(McpHost server, string prompt) =>
        (await server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = prompt, ["view"] = "none" }, cancellationToken: Cancellation))
        .StructuredContent!.Value.GetProperty("images")[0].GetProperty("id").GetString()!;

    private static async Task AddAsync(McpHost server, int count)
    {
        foreach (var record in Enumerable.Range(0, count).Select(_ => CompletionImageRecords.Named("fox", Owner)))
        {
            await server.Services.GetRequiredService<IImageCatalog>().AddAsync(record, Cancellation);
        }
    }
}
