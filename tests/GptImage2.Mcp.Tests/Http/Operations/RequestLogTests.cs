using GptImage2.Mcp.Http.Operations;
using GptImage2.Mcp.Logging;
using GptImage2.Mcp.Tests.Http.Authentication;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Http.Operations;

/// <summary>One line a request, and nothing in it that is nobody's business.</summary>
public sealed class RequestLogTests : IDisposable
{
    private const string Prompt = "a fox that nobody may read of";
    private const string Signature = "signature-that-opens-a-link";
    private const string Token = "token-that-opens-everything";

    private static readonly JsonObject Call = new() { ["name"] = "generate_image", ["arguments"] = new JsonObject { ["prompt"] = Prompt } };

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"gptimage2-{Path.GetRandomFileName()}.log");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_call_is_one_line_with_its_tool_and_its_owner(string revision)
    {
        await using (var server = await StartAsync())
        {
            await using var client = await server.ConnectAsync(Token, revision, cancellationToken: Cancellation);
            await client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = Prompt }, cancellationToken: Cancellation);
        }

        ReadTheCall().ShouldMatch(@"\[INF\] POST /mcp generate_image by local answered 200 after [0-9]+ ms$");
    }

    [Fact]
    public async Task A_client_that_leaves_before_the_end_leaves_a_line_and_no_error()
    {
        var backend = new EndlessBackend();
        await using (var server = await StartAsync(backend.Register))
        {
            using var request = RawMcp.Create(server, "tools/call", Call.DeepClone().AsObject());

            // Disposed unread, it closes the connection.
            using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            await backend.Begun.WaitAsync(Cancellation);
        }

        ReadTheCall().ShouldMatch(@"\[INF\] POST /mcp generate_image by local answered 200 after [0-9]+ ms$");
    }

    [Fact]
    public async Task So_does_a_session_that_ends_before_its_call()
    {
        var backend = new EndlessBackend();
        await using (var server = await StartAsync(backend.Register))
        {
            using var beginning = RawMcp.CreateLegacy(server, RawMcp.Initialize, token: null);
            using var begun = await server.Http.SendAsync(beginning, Cancellation);
            var session = begun.Headers.GetValues(RawHttp.SessionHeader).Single();
            var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 2, ["method"] = "tools/call", ["params"] = Call.DeepClone() };
            using var request = RawMcp.CreateLegacy(server, body.ToJsonString(), token: null, session);
            using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            await backend.Begun.WaitAsync(Cancellation);
            using var ending = new HttpRequestMessage(HttpMethod.Delete, server.Endpoint);
            ending.Headers.Add(RawHttp.SessionHeader, session);
            using var ended = await server.Http.SendAsync(ending, Cancellation);
            ended.EnsureSuccessStatusCode();
        }

        ReadTheCall().ShouldMatch(@"\[INF\] POST /mcp generate_image by local answered 200 after [0-9]+ ms$");
    }

    [Fact]
    public async Task A_query_and_a_name_that_no_tool_has_are_not_written_down_and_no_path_begins_a_line()
    {
        await using (var server = await StartAsync())
        {
            using var link = await server.Http.GetAsync(new Uri(server.Address, $"/images/img_1?signature={Signature}"), Cancellation);
            using var lines = await server.Http.GetAsync(new Uri(server.Address, "/a%0AWarning:%20b"), Cancellation);
            await using var client = await server.ConnectAsync(Token, cancellationToken: Cancellation);
            await Should.ThrowAsync<ModelContextProtocol.McpException>(async () => await client.CallToolAsync(Prompt, cancellationToken: Cancellation));
        }

        var log = ReadLog();
        log.ShouldContain(line => line.Contains("GET /images/img_1 - by local answered 404", StringComparison.Ordinal));
        log.ShouldContain(line => line.Contains("GET /a%0AWarning:%20b - by", StringComparison.Ordinal));
        log.ShouldContain(line => line.Contains("POST /mcp unknown tool by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Questions_about_the_servers_health_are_no_news()
    {
        await using (var server = await StartAsync())
        {
            await server.Http.GetStringAsync(new Uri(server.Address, "/health/live"), Cancellation);
            await server.Http.GetStringAsync(new Uri(server.Address, "/health/ready"), Cancellation);
        }

        File.Exists(_file).ShouldBeFalse();
    }

    public void Dispose() => File.Delete(_file);

    /// <summary>With the log that the real process has.</summary>
    private Task<HttpServer> StartAsync(Action<IServiceCollection>? configure = null) => HttpServer.StartAsync(
        services: services =>
        {
            services.AddServerLogging(new LoggingOptions { File = _file }, RequestLog.Source);
            configure?.Invoke(services);
        },
        cancellationToken: Cancellation);

    private string ReadTheCall() => ReadLog().Where(line => line.Contains("generate_image", StringComparison.Ordinal)).ShouldHaveSingleItem();

    private string[] ReadLog()
    {
        using var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var text = new StreamReader(file).ReadToEnd();
        ((string[])[Prompt, Signature, Token]).ShouldAllBe(secret => !text.Contains(secret), text);
        return text.Split(Environment.NewLine);
    }

    /// <summary>Begins, and never ends by itself.</summary>
    private sealed class EndlessBackend
    {
        private readonly TaskCompletionSource _begun = new();

        public Task Begun => _begun.Task;

        public void Register(IServiceCollection services) => services.AddBackend(new ScriptedBackend
        {
            Before = (_, cancellationToken) =>
            {
                _begun.TrySetResult();
                return new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            },
        });
    }
}
