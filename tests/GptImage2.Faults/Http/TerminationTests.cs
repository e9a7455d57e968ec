using GptImage2.Faults.Harness;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GptImage2.Faults.Http;

/// <summary>SIGTERM while twenty clients, of the older revisions and of the newest, wait for images that are billed.</summary>
public sealed class TerminationTests : IDisposable
{
    private const int Calls = 20;

    /// <summary>Longer than frameworks give a process that was signalled, which is two seconds.</summary>
    private static readonly TimeSpan LongDrawing = TimeSpan.FromSeconds(4);

    private readonly TestFolders _folders = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_client_gets_its_image_when_there_is_time()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        var drawn = new TaskCompletionSource();
        await using var service = await StartServiceAsync(drawn.Task);
        await using var server = Start(service, drainSeconds: 600);
        var clients = await ConnectAsync(server);
        var calls = clients.Select((client, number) => CallAsync(client, "generate_image", new() { ["prompt"] = $"fox number {number}" })).ToArray();
        await service.WaitForRequestsAsync(Calls);

        await server.TerminateAsync();
        await Task.Delay(LongDrawing, TimeProvider.System, Cancellation);
        drawn.SetResult();
        var results = await Task.WhenAll(calls);

        results.ShouldAllBe(result => result.IsError != true && result.StructuredContent!.Value.GetProperty("job").GetProperty("status").GetString() == "done");
        results.ShouldAllBe(result => result.Content.OfType<ImageContentBlock>().Count() == 1);
        await DisposeAsync(clients);
        (await server.ExitAsync()).ShouldBe(0);
        _folders.ListImages().Length.ShouldBe(Calls);
        service.Requests.Count.ShouldBe(Calls);
    }

    [Fact]
    public async Task Otherwise_a_job_that_the_next_start_answers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        var never = new TaskCompletionSource();
        await using var service = await StartServiceAsync(never.Task);
        string[] jobs;
        await using (var server = Start(service, drainSeconds: 1))
        {
            var clients = await ConnectAsync(server);
            var calls = clients.Select((client, number) => CallAsync(client, "generate_image", new() { ["prompt"] = $"fox number {number}" })).ToArray();
            await service.WaitForRequestsAsync(Calls);

            await server.TerminateAsync();
            jobs = [.. (await Task.WhenAll(calls)).Select(result => result.StructuredContent!.Value.GetProperty("job").GetProperty("id").GetString()!)];

            await DisposeAsync(clients);
            (await server.ExitAsync()).ShouldBe(0);
        }

        await using var restarted = Start(service, drainSeconds: 1);
        await using var asker = await HttpClients.ConnectAsync(await restarted.ReadEndpointAsync(), cancellationToken: Cancellation);
        jobs.Distinct().Count().ShouldBe(Calls);
        foreach (var job in jobs)
        {
            var answer = await CallAsync(asker, "check_job", new() { ["job"] = job });
            answer.StructuredContent!.Value.GetProperty("job").GetProperty("status").GetString().ShouldBe("interrupted");
        }

        service.Requests.Count.ShouldBe(Calls);
    }

    [Fact]
    public async Task Without_authentication_it_does_not_start_where_others_could_reach_it()
    {
        await using var server = ServerProcess.Start(_folders, [], ["http", "--urls", "http://0.0.0.0:0"]);

        (await server.ExitAsync()).ShouldBe(2);
        server.Stderr.ShouldContain("cannot start");
        server.Stderr.ShouldContain("token new NAME");
        server.Stderr.ShouldNotContain("   at ");
    }

    public void Dispose() => _folders.Dispose();

    private static async Task<StrictOpenAI> StartServiceAsync(Task start)
    {
        var service = await StrictOpenAI.StartAsync();
        for (var i = 0; i < Calls; i++)
        {
            service.Enqueue(new ScriptedResponse { StartSignal = start });
        }

        return service;
    }

    private ServerProcess Start(StrictOpenAI service, int drainSeconds) => ServerProcess.Start(
        _folders,
        [
            .. ServerEnvironment.Create(service),
            ("GPTIMAGE2_JOBS__DRAINSECONDS", drainSeconds.ToString(CultureInfo.InvariantCulture)),
            ("GPTIMAGE2_JOBS__WAITSECONDS", "600"),
            ("GPTIMAGE2_JOBS__CONCURRENCY", "64"),
            ("GPTIMAGE2_SPENDING__DAILYUSD", "none"),
        ],
        ["http", "--urls", "http://127.0.0.1:0"]);

    private static async Task<McpClient[]> ConnectAsync(ServerProcess server)
    {
        var endpoint = await server.ReadEndpointAsync();
        return await Task.WhenAll(Enumerable.Range(0, Calls).Select(number =>
            HttpClients.ConnectAsync(endpoint, protocol: number % 2 is 0 ? "2025-11-25" : "2026-07-28", cancellationToken: Cancellation)));
    }

    private static Task<CallToolResult> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments) =>
        client.CallToolAsync(tool, arguments, cancellationToken: Cancellation).AsTask();

    /// <summary>A server that has ended answers no farewell.</summary>
    private static async Task DisposeAsync(McpClient[] clients)
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }
}
