using System.Diagnostics;
using System.Net.Http.Headers;
using GptImage2.Generation.Telemetry;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GptImage2.Mcp.Tests.Telemetry;

/// <summary>What leaves the server for a collector: all that an operator needs, and nothing that people wrote.</summary>
public sealed class TelemetryTests
{
    private const string Prompt = "a fox that no collector may know";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_one_trace_from_the_clients_span_to_the_storage()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StrictOpenAI.StartAsync();
        await using (var server = await HttpServer.StartAsync([.. McpCallExtensions.Settings(service), .. receiver.Settings], cancellationToken: Cancellation))
        {
            (await CallAsync(server, "generate_image", Trace)).ShouldContain("img_");
        }

        var spans = receiver.Spans.Where(span => span.TraceId == Trace).ToDictionary(span => span.SpanId);
        string Path(OtlpSpan span) => spans.TryGetValue(span.ParentId, out var parent) ? $"{Path(parent)} > {span.Name}" : span.Name;
        var paths = spans.Values.Select(Path).ToArray();

        string[] job = ["tools/call generate_image", "job generate_image"];
        string[][] expected =
        [
            ["tools/call generate_image"],
            ["tools/call generate_image", "commit start of job"],
            job,
            [.. job, "prepare"], [.. job, "send"], [.. job, "draw"], [.. job, "receive"],
            [.. job, "commit mark of sending"],
            [.. job, "generate_content gpt-image-2"],
            [.. job, "generate_content gpt-image-2", "POST"],
            [.. job, "generate_content gpt-image-2", "store image"],
            [.. job, "generate_content gpt-image-2", "write record"],
            [.. job, "generate_content gpt-image-2", "commit image"],
            [.. job, "commit end of job"],
        ];
        paths.ShouldBe(expected.Select(path => string.Join(" > ", path)), ignoreOrder: true);
        var inference = spans.Values.Single(span => span.Name.StartsWith("generate_content", StringComparison.Ordinal));
        inference.Attributes["gen_ai.provider.name"].ShouldBe("openai");
        inference.Attributes.ShouldContainKey("gen_ai.usage.output_tokens");
    }

    [Fact]
    public async Task No_prompt_no_key_and_no_path_is_exported()
    {
        const string Trace = "5bf92f3577b34da6a3ce929d0e0e4736";
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StrictOpenAI.StartAsync();
        string root;
        await using (var server = await HttpServer.StartAsync([.. McpCallExtensions.Settings(service), .. receiver.Settings], cancellationToken: Cancellation))
        {
            root = server.Root;
            await CallAsync(server, "generate_image", Trace);
            await CallAsync(server, "generate_image", Trace, more: """, "quality": "a fox that no collector may know" """);
            await CallAsync(server, Prompt, Trace);
            using var link = await server.Http.GetAsync(new Uri(server.Address, "/images/img_1?signature=opens-a-link"), Cancellation);
        }

        var exported = receiver.AllBytes;
        exported.ShouldContain("tools/call generate_image");
        foreach (var secret in (string[])["no collector may know", service.ApiKey, "opens-a-link", root])
        {
            exported.Contains(secret, StringComparison.Ordinal).ShouldBeFalse(secret);
        }

        receiver.Spans.Where(span => span.TraceId == Trace).ShouldContain(span => span.Attributes.GetValueOrDefault("gptimage2.failure") == "invalid_request");
        receiver.Spans.ShouldAllBe(span => span.StatusMessage == "");
    }

    [Fact]
    public async Task Metrics_count_calls_waits_images_tokens_and_dollars()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StrictOpenAI.StartAsync();
        await using (var server = await HttpServer.StartAsync([.. McpCallExtensions.Settings(service), .. receiver.Settings], cancellationToken: Cancellation))
        {
            await CallAsync(server, "generate_image", "6bf92f3577b34da6a3ce929d0e0e4736");
        }

        var metrics = receiver.Metrics;
        foreach (var name in (string[])
        [
            "gen_ai.execute_tool.duration", "gptimage2.job.duration", "gptimage2.job.stage.duration", "gptimage2.images", "gptimage2.cost",
            "gen_ai.client.inference.duration", "gen_ai.client.inference.usage.input_tokens", "gen_ai.client.inference.usage.output_tokens",
            "mcp.server.operation.duration", "http.server.request.duration", "http.client.request.duration", "dotnet.gc.collections",
        ])
        {
            metrics.ShouldContain(name);
        }

        metrics.ShouldNotContain("mcp.resource.uri");
    }

    [Fact]
    public async Task A_call_that_joins_is_linked_to_the_job_of_the_other()
    {
        const string First = "7bf92f3577b34da6a3ce929d0e0e4736";
        const string Second = "8bf92f3577b34da6a3ce929d0e0e4736";
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StrictOpenAI.StartAsync();
        var arrived = new TaskCompletionSource();
        var joined = new TaskCompletionSource();
        service.OnBodyBytes = async (_, _) =>
        {
            arrived.TrySetResult();
            await joined.Task;
            return true;
        };
        await using (var server = await HttpServer.StartAsync(
            [.. McpCallExtensions.Settings(service), .. receiver.Settings],
            services: services => services.AddLogging(logging => logging.AddProvider(new Watcher("joined by the same request", joined))),
            cancellationToken: Cancellation))
        {
            var first = CallAsync(server, "generate_image", First);
            await arrived.Task.WaitAsync(Cancellation);
            await Task.WhenAll(first, CallAsync(server, "generate_image", Second));
        }

        receiver.Spans.Single(span => span.TraceId == Second && span.Name is "tools/call generate_image").Links.ShouldContain(First);
        receiver.Spans.ShouldNotContain(span => span.TraceId == Second && span.Name.StartsWith("job", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_wait_in_the_queue_is_a_span_and_nobody_is_left_in_it()
    {
        const string First = "9bf92f3577b34da6a3ce929d0e0e4736";
        const string Second = "abf92f3577b34da6a3ce929d0e0e4736";
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await StrictOpenAI.StartAsync();
        var arrived = new TaskCompletionSource();
        var queued = new TaskCompletionSource();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is GenerationTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = span => _ = span.OperationName is "queue" && span.TraceId.ToHexString() is Second && queued.TrySetResult(),
        };
        service.OnBodyBytes = async (_, _) =>
        {
            arrived.TrySetResult();
            await queued.Task;
            return true;
        };
        await using (var server = await HttpServer.StartAsync([.. McpCallExtensions.Settings(service, ("GPTIMAGE2_JOBS__CONCURRENCY", "1")), .. receiver.Settings], cancellationToken: Cancellation))
        {
            var first = CallAsync(server, "generate_image", First);
            await arrived.Task.WaitAsync(Cancellation);
            ActivitySource.AddActivityListener(listener);
            await Task.WhenAll(first, CallAsync(server, "generate_image", Second, more: """, "quality": "low" """));
        }

        var stages = receiver.Spans.Where(span => span.TraceId == Second).Select(span => span.Name).ToArray();
        stages.ShouldContain("queue");
        stages.ShouldContain("draw");
        receiver.Spans.ShouldNotContain(span => span.TraceId == First && span.Name == "queue");
        receiver.Metrics.ShouldContain("gptimage2.queue.length");
    }

    /// <summary>A call of the newest revision, from a client that is traced itself.</summary>
    private static async Task<string> CallAsync(HttpServer server, string tool, string trace, string more = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent(
                $$"""
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{tool}}","arguments":{"prompt":"{{Prompt}}"{{more}}},"_meta":{
                  "traceparent":"00-{{trace}}-00f067aa0ba902b7-01","io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{ } } } }
                """,
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", tool);
        using var response = await server.Http.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private sealed class Watcher(string text, TaskCompletionSource seen) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains(text, StringComparison.Ordinal))
            {
                seen.TrySetResult();
            }
        }

        public void Dispose()
        {
        }
    }
}
