using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Tests.Callers;

/// <summary>Two callers of one server, each in a session of its own, to whom paths of the server's machine mean nothing, as over HTTP.</summary>
internal sealed class TwoCallers : IAsyncDisposable
{
    private const string Tasks = "io.modelcontextprotocol/tasks";

    private readonly McpHost _host;

    private TwoCallers(McpHost host, McpClient bert) => (_host, Anna, Bert) = (host, host.Client, bert);

    public McpClient Anna { get; }

    public McpClient Bert { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<TwoCallers> StartAsync(params IEnumerable<(string Variable, string Value)> environment)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var host = await McpHost.StartAsync(
            environment, "anna", services: services => services.AddSingleton<ICallerAccessor, CallerByClientName>(), cancellationToken: cancellation);
        return new TwoCallers(host, await host.ConnectAsync("bert", cancellationToken: cancellation));
    }

    /// <summary>A further session of one of them, in which what becomes a job becomes a task.</summary>
    public Task<McpClient> ConnectWithTasksAsync(string name) => _host.ConnectAsync(
        name,
        configure: options => options.Capabilities = new ClientCapabilities { Extensions = new Dictionary<string, object> { [Tasks] = new JsonObject() } },
        cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>All that a call says, without its images.</summary>
    public static async Task<string> SayAsync(McpClient client, string tool, string arguments)
    {
        var result = await CallAsync(client, tool, arguments);
        return string.Join('\n', [$"error: {result.IsError is true}", .. result.Content.OfType<TextContentBlock>().Select(block => block.Text), $"{result.StructuredContent}"]);
    }

    /// <param name="arguments">A JSON object.</param>
    public static Task<CallToolResult> CallAsync(McpClient client, string tool, string arguments) => client.CallToolAsync(
        tool,
        JsonElement.Parse(arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value),
        cancellationToken: TestContext.Current.CancellationToken).AsTask();

    /// <summary>The result of any request, or how it was refused.</summary>
    public static async Task<string> AskAsync(McpClient client, string method, string parameters)
    {
        try
        {
            var answer = await client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = JsonNode.Parse(parameters) }, TestContext.Current.CancellationToken);
            return answer.Result!.ToJsonString();
        }
        catch (McpException refused)
        {
            return $"{(refused as McpProtocolException)?.ErrorCode}: {refused.Message}";
        }
    }

    private sealed class CallerByClientName : ICallerAccessor
    {
        public CallerSession GetSession(MessageContext request)
        {
            var name = request.Server.ClientInfo?.Name ?? throw new InvalidOperationException("Every request of these tests has a client with a name.");
            return new CallerSession(new Caller($"token:{name}", LocalPathsAllowed: false), $"session of {name}");
        }
    }
}
