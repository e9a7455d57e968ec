using GptImage2.Testing.Hosts;
using GptImage2.Testing.Rendering;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Http;

/// <summary>The SDK's own client; those of others are in tests/conformance/clients.</summary>
public sealed class HttpClientTests
{
    private const string Older = "2025-11-25";
    private const string Newer = "2026-07-28";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Older)]
    [InlineData(Newer)]
    public async Task Ten_calls_at_once_report_progress_and_make_ten_images(string revision)
    {
        await using var server = await HttpServer.StartAsync(cancellationToken: Cancellation);
        await using var client = await server.ConnectAsync(protocol: revision, cancellationToken: Cancellation);
        var reports = new ConcurrentQueue<ProgressNotificationValue>();

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => client.CallToolAsync(
            "generate_image", new Dictionary<string, object?> { ["prompt"] = $"fox {number}" }, new Immediate(reports.Enqueue), cancellationToken: Cancellation).AsTask()));

        results.ShouldAllBe(result => result.IsError != true && result.Content.OfType<ImageContentBlock>().Count() == 1);
        results.Select(result => result.StructuredContent!.Value.GetProperty("images")[0].GetProperty("id").GetString()).Distinct().Count().ShouldBe(10);
        reports.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(Older)]
    [InlineData(Newer)]
    public async Task Prompts_resources_completions_and_refusals_are_those_of_any_client(string revision)
    {
        await using var server = await HttpServer.StartAsync(cancellationToken: Cancellation);
        await using var client = await server.ConnectAsync(protocol: revision, cancellationToken: Cancellation);

        var prompts = await client.ListPromptsAsync(cancellationToken: Cancellation);
        var resources = await client.ListResourcesAsync(cancellationToken: Cancellation);
        var completed = await client.CompleteAsync(new ResourceTemplateReference { Uri = "guide://{name}" }, "name", "", cancellationToken: Cancellation);
        var refused = await client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a fox", ["size"] = "huge" }, cancellationToken: Cancellation);

        prompts.ShouldNotBeEmpty();
        resources.ShouldNotBeEmpty();
        completed.Completion.Values.ShouldNotBeEmpty();
        refused.IsError.ShouldBe(true);
        refused.Content.OfType<TextContentBlock>().First().Text.ShouldContain("size: expected");
    }

    [Theory]
    [InlineData(Older)]
    [InlineData(Newer)]
    public async Task A_call_that_is_given_up_ends_at_once_and_the_server_goes_on(string revision)
    {
        var release = new TaskCompletionSource();
        var backend = new ScriptedBackend { Before = (_, cancellationToken) => release.Task.WaitAsync(cancellationToken) };
        await using var server = await HttpServer.StartAsync(services: services => services.AddBackend(backend), cancellationToken: Cancellation);
        await using var client = await server.ConnectAsync(protocol: revision, cancellationToken: Cancellation);
        using var leaving = new CancellationTokenSource();

        var call = client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a fox" }, cancellationToken: leaving.Token).AsTask();
        await backend.CalledAsync(Cancellation);
        await leaving.CancelAsync();

        await call.ShouldThrowAsync<OperationCanceledException>();
        (await client.ListToolsAsync(cancellationToken: Cancellation)).ShouldNotBeEmpty();
        release.SetResult();
    }

    [Fact]
    public async Task A_client_with_a_session_is_told_of_a_new_image()
    {
        await using var server = await HttpServer.StartAsync(cancellationToken: Cancellation);
        await using var client = await server.ConnectAsync(protocol: Older, cancellationToken: Cancellation);
        var told = new TaskCompletionSource();
        await using var handler = client.RegisterNotificationHandler(NotificationMethods.ResourceListChangedNotification, (_, _) =>
        {
            told.TrySetResult();
            return ValueTask.CompletedTask;
        });

        // The client opens its stream in its own time, and hears only what changes after that.
        for (var number = 0; !told.Task.IsCompleted && number < 50; number++)
        {
            await client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = $"fox {number}" }, cancellationToken: Cancellation);
        }

        await told.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task What_discover_names_is_what_the_refusal_of_an_unknown_revision_names()
    {
        await using var http = await RawHttp.StartAsync();
        using var unknown = http.Modern("server/discover");
        unknown.Headers.Remove("MCP-Protocol-Version");
        unknown.Headers.Add("MCP-Protocol-Version", "1999-01-01");

        using var discovered = await EventReader.OpenAsync(await http.SendAsync(http.Modern("server/discover")));
        using var refused = await http.SendAsync(unknown);

        var result = (await discovered.ReadAsync())!["result"]!;
        var error = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancellation))!["error"]!;
        result["supportedVersions"]!.AsArray().Select(revision => revision!.GetValue<string>())
            .ShouldBe(error["data"]!["supported"]!.AsArray().Select(revision => revision!.GetValue<string>()), ignoreOrder: true);
        Uri.IsWellFormedUriString(result["_meta"]!["io.modelcontextprotocol/serverInfo"]!["icons"]![0]!["src"]!.GetValue<string>(), UriKind.Absolute).ShouldBeTrue();
    }

    /// <summary>Unlike <see cref="Progress{T}"/> it reports before the call goes on.</summary>
    private sealed class Immediate(Action<ProgressNotificationValue> report) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => report(value);
    }
}
